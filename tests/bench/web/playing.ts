// Playing the bench film: how many pictures are not shown, and how far those that are lie from the sound.

import { startEngine } from "@/engine/start";
import { FRAME_RATE } from "./film";
import { exportedFile, openFilm } from "./ours";

/** How a film was played. */
export interface Played {
  shown: number;
  dropped: number;
  /** Milliseconds between a picture and the sound, of nineteen pictures in twenty; null where it is not told. */
  offset: number | null;
}

const WIDTH = 1280;
const HEIGHT = 720;

function percentile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
}

const pause = (seconds: number) =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function ours(seconds: number): Promise<Played> {
  const engine = await startEngine("/engine/");
  const film = await openFilm(engine, "project.json");
  const canvas = document.createElement("canvas");
  canvas.style.width = `${WIDTH / 2}px`;
  document.body.replaceChildren(canvas);
  const player = await engine.player(film, canvas);
  player.resize(WIDTH, HEIGHT);
  await new Promise<void>((resolve) => {
    const stop = player.subscribe(({ shown }) => {
      if (shown === null) return;
      stop();
      resolve();
    });
  });
  const offsets: number[] = [];
  let last = -1;
  const stop = player.subscribe(({ shown, rate, offsetMicroseconds }) => {
    if (rate === 0 || shown === null || shown === last) return;
    last = shown;
    offsets.push(Math.abs(offsetMicroseconds) / 1000);
  });
  player.play();
  await pause(seconds);
  const { framesShown, framesDropped } = player.state;
  stop();
  player.close();
  film.close();
  engine.close();
  return {
    shown: framesShown,
    dropped: framesDropped,
    offset: percentile(offsets, 0.95),
  };
}

async function videoElement(seconds: number): Promise<Played> {
  const video = document.createElement("video");
  video.width = WIDTH / 2;
  document.body.replaceChildren(video);
  video.src = URL.createObjectURL(await exportedFile("project.json"));
  await new Promise((resolve) =>
    video.addEventListener("canplaythrough", resolve, { once: true }),
  );
  let shown = 0;
  let first = -1;
  let last = 0;
  const note = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    shown++;
    last = Math.round(mediaTime * FRAME_RATE);
    if (first < 0) first = last;
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
  await video.play();
  await pause(seconds);
  video.pause();
  URL.revokeObjectURL(video.src);
  // What was passed over between the first and the last that were seen.
  return {
    shown,
    dropped: Math.max(0, last - first + 1 - shown),
    offset: null,
  };
}

const PLAYERS = { ours, video: videoElement };

/** Plays the bench film for [seconds], which it must be long. */
export function runPlay(
  who: keyof typeof PLAYERS,
  seconds: number,
): Promise<Played> {
  return PLAYERS[who](seconds);
}
