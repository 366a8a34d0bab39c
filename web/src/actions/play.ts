import { frameAt, frameStart } from "@/state/time";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import { now } from "@/state/session";

/** The fastest that J and L go. */
const RATE_MAX = 16;

/** Plays from here, from the start where it is at the end, or pauses. */
export function playOrPause() {
  const { player } = now();
  if (!player) return;
  const { rate, playhead, duration } = player.state;
  if (rate !== 0) return player.pause();
  if (playhead >= lastFrame() && duration > 0) player.seek(0);
  player.play(1);
}

/** J and L: the other way at once, the same way twice as fast each time. */
export function shuttle(direction: 1 | -1) {
  const { player } = now();
  if (!player) return;
  const { rate } = player.state;
  const isSameWay = rate * direction > 0;
  player.play(
    isSameWay ? direction * Math.min(RATE_MAX, Math.abs(rate) * 2) : direction,
  );
}

/** Where the last frame begins. */
function lastFrame(): Ticks {
  const info = now().open?.film.info;
  if (!info || info.duration === 0) return 0;
  return frameStart(frameAt(info.duration - 1, info.rate), info.rate);
}

/** To [at] or the end of the film that is nearer. */
export function seekTo(at: Ticks, isScrubbing = false) {
  now().player?.seek(
    Math.max(0, Math.min(lastFrame(), Math.round(at))),
    isScrubbing,
  );
}

/** As [seekTo], and to where the film ends, too: behind its last picture more can be put. */
export function placePlayhead(at: Ticks, isScrubbing = false) {
  const { open, player } = now();
  const end = open?.film.info.duration ?? 0;
  player?.seek(Math.max(0, Math.min(end, Math.round(at))), isScrubbing);
}

export const toStart = () => seekTo(0);
export const toEnd = () => seekTo(Infinity);
export const stepFrames = (frames: number) => now().player?.step(frames);

/** On or back by seconds. */
export function stepSeconds(seconds: number) {
  const playhead = now().player?.state.playhead ?? 0;
  seekTo(playhead + seconds * TICKS_PER_SECOND);
}

/** To the next cut, or the one before. */
export function toCut(direction: 1 | -1) {
  const { player, open } = now();
  if (!player || !open) return;
  const { playhead } = player.state;
  const edges = open.film.info.tracks
    .filter((track) => track.kind !== "audio")
    .flatMap((track) =>
      track.clips.flatMap(({ range }) => [
        range.start,
        range.start + range.duration,
      ]),
    );
  const further = [0, lastFrame(), ...edges].filter(
    (edge) => (edge - playhead) * direction > 0,
  );
  if (further.length > 0)
    seekTo(direction > 0 ? Math.min(...further) : Math.max(...further));
}

/** The whole film again and again, or not. */
export function toggleLoop() {
  const { player, open } = now();
  if (!player || !open) return;
  player.loop(
    player.state.isLooping
      ? null
      : { start: 0, duration: open.film.info.duration },
  );
}
