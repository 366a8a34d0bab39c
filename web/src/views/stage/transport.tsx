import { useRef } from "react";
import {
  playOrPause,
  stepFrames,
  toEnd,
  toggleLoop,
  toStart,
} from "@/actions/play";
import { toggleFullscreen } from "@/actions/fullscreen";
import { setVolume, toggleMute } from "@/actions/set_volume";
import type { FilmInfo, Player, Quality } from "@/engine/engine";
import { IconButton } from "@/parts/button";
import { useEveryState, usePlayerState } from "@/state/player_state";
import { useSession } from "@/state/session";
import { timecode } from "@/state/time";
import { useVolume, VOLUME_MIN } from "@/state/volume";
import { strings } from "@/strings";
import { Meters } from "./meters";
import { StageTools } from "./stage_tools";
import { ScrubBar } from "./scrub_bar";

const words = strings.transport;
const QUALITIES: readonly Quality[] = ["auto", "full", "half", "quarter"];

function Timecode({ player, info }: { player: Player | null; info: FilmInfo }) {
  const now = useRef<HTMLSpanElement>(null);
  useEveryState(player, ({ playhead }) => {
    const text = timecode(playhead, info.rate);
    if (now.current && now.current.textContent !== text)
      now.current.textContent = text;
  });
  return (
    <p className="font-mono text-[0.8125rem] whitespace-nowrap tabular-nums">
      <span ref={now} data-timecode>
        {timecode(0, info.rate)}
      </span>
      <span className="text-faint @max-2xl:hidden">
        {" / "}
        {timecode(info.duration, info.rate)}
      </span>
    </p>
  );
}

function Buttons({ player }: { player: Player | null }) {
  const rate = usePlayerState(player, (state) => state.rate, 0);
  const isLooping = usePlayerState(player, (state) => state.isLooping, false);
  const isOff = !player;
  return (
    <div className="flex items-center justify-center">
      <IconButton
        icon="toStart"
        label={words.toStart}
        hint="Home"
        disabled={isOff}
        className="max-sm:hidden"
        onClick={toStart}
      />
      <IconButton
        icon="stepBack"
        label={words.back}
        hint="←"
        disabled={isOff}
        onClick={() => stepFrames(-1)}
      />
      <IconButton
        icon={rate === 0 ? "play" : "pause"}
        label={rate === 0 ? words.play : words.pause}
        hint="Space"
        disabled={isOff}
        className="size-11 rounded-full bg-raised text-ink shadow-panel [&>svg]:size-6"
        onClick={playOrPause}
      />
      <IconButton
        icon="stepOn"
        label={words.on}
        hint="→"
        disabled={isOff}
        onClick={() => stepFrames(1)}
      />
      <IconButton
        icon="toEnd"
        label={words.toEnd}
        hint="End"
        disabled={isOff}
        className="max-sm:hidden"
        onClick={toEnd}
      />
      <IconButton
        icon="loop"
        label={words.loop}
        hint="Shift L"
        disabled={isOff}
        aria-pressed={isLooping}
        onClick={toggleLoop}
      />
    </div>
  );
}

function Speed({ player }: { player: Player | null }) {
  const rate = usePlayerState(player, (state) => state.rate, 0);
  if (rate === 0 || rate === 1) return null;
  return (
    <span
      role="status"
      className="rounded-full bg-accent-wash px-2 text-xs font-medium text-accent tabular-nums"
    >
      {words.rate(rate)}
    </span>
  );
}

function Dropped({ player }: { player: Player | null }) {
  const dropped = usePlayerState(player, (state) => state.framesDropped, 0);
  if (dropped === 0) return null;
  return (
    <span
      title={words.droppedWhy}
      className="text-xs text-warn tabular-nums max-md:hidden"
    >
      {words.dropped(dropped)}
    </span>
  );
}

function Volume() {
  const { gain, isMuted } = useVolume();
  return (
    <div className="flex items-center gap-1">
      <IconButton
        icon={isMuted ? "muted" : "sound"}
        label={isMuted ? words.unmute : words.mute}
        hint="M"
        onClick={toggleMute}
      />
      <input
        type="range"
        min={VOLUME_MIN}
        max={0}
        step={1}
        value={isMuted ? VOLUME_MIN : gain}
        aria-label={words.volume}
        aria-valuetext={words.volumeValue(isMuted ? VOLUME_MIN : gain)}
        className="w-20 accent-accent @max-3xl:hidden"
        onChange={(event) => setVolume(Number(event.target.value))}
      />
    </div>
  );
}

function QualityChoice({ player }: { player: Player | null }) {
  const shown = usePlayerState(player, (state) => state.quality, "full");
  return (
    <select
      aria-label={words.quality}
      title={`${words.quality}: ${words.qualities[shown]}`}
      defaultValue="auto"
      disabled={!player}
      className="h-9 rounded-control bg-transparent px-1.5 text-xs text-soft hover:bg-hover hover:text-ink"
      onChange={(event) => player?.setQuality(event.target.value as Quality)}
    >
      {QUALITIES.map((quality) => (
        <option key={quality} value={quality} className="bg-raised text-ink">
          {words.qualities[quality]}
        </option>
      ))}
    </select>
  );
}

/** Everything that moves the playhead. */
export function Transport({ info }: { info: FilmInfo }) {
  const player = useSession((session) => session.player);
  return (
    // Films run to the right, and so do the buttons that move along them, whichever way the page is read.
    <section
      dir="ltr"
      aria-label={words.label}
      className="@container flex shrink-0 flex-col px-1"
    >
      <ScrubBar player={player} duration={info.duration} rate={info.rate} />
      <div className="grid grid-cols-[auto_1fr_auto] items-center gap-2 @6xl:grid-cols-[1fr_auto_1fr]">
        <div className="flex min-w-0 items-center gap-3">
          <Timecode player={player} info={info} />
          <Speed player={player} />
          <Dropped player={player} />
        </div>
        <Buttons player={player} />
        <div className="flex min-w-0 items-center justify-end gap-1">
          <div className="@max-4xl:hidden">
            <Meters player={player} />
          </div>
          <Volume />
          <StageTools />
          <div className="@max-2xl:hidden">
            <QualityChoice player={player} />
          </div>
          <IconButton
            icon="full"
            label={strings.stage.fullscreen}
            hint="F"
            className="@max-lg:hidden"
            onClick={toggleFullscreen}
          />
        </div>
      </div>
    </section>
  );
}
