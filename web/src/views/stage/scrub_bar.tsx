import { useRef, useState, type PointerEvent } from "react";
import { seekTo } from "@/actions/play";
import type { Player, Rate, Ticks } from "@/engine/engine";
import { useEveryState } from "@/state/player_state";
import { timecode } from "@/state/time";
import { strings } from "@/strings";

/** How often screen readers are told where playback is. */
const TELL_MS = 1000;

/** Where the playhead is, and where it should go. */
export function ScrubBar({
  player,
  duration,
  rate,
}: {
  player: Player | null;
  duration: Ticks;
  rate: Rate;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const knob = useRef<HTMLDivElement>(null);
  const told = useRef(0);
  const rateBefore = useRef<number | null>(null);
  const [hover, setHover] = useState<number | null>(null);

  useEveryState(player, (state) => {
    const part = duration > 0 ? Math.min(1, state.playhead / duration) : 0;
    if (done.current) done.current.style.transform = `scaleX(${part})`;
    if (knob.current) knob.current.style.left = `${part * 100}%`;
    const time = performance.now();
    if (state.rate !== 0 && time - told.current < TELL_MS) return;
    told.current = time;
    const words = strings.transport.positionValue(
      timecode(state.playhead, rate),
      timecode(duration, rate),
    );
    bar.current?.setAttribute("aria-valuenow", String(Math.round(part * 1000)));
    bar.current?.setAttribute("aria-valuetext", words);
  });

  const partAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left) / Math.max(1, box.width);
    return Math.max(0, Math.min(1, part));
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !player) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    rateBefore.current = player.state.rate;
    seekTo(partAt(event) * duration, true);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    setHover(partAt(event));
    if (rateBefore.current !== null) seekTo(partAt(event) * duration, true);
  };
  const end = (event: PointerEvent<HTMLDivElement>) => {
    const before = rateBefore.current;
    if (before === null) return;
    rateBefore.current = null;
    seekTo(partAt(event) * duration);
    if (before !== 0) player?.play(before);
  };

  return (
    <div
      ref={bar}
      role="slider"
      tabIndex={0}
      aria-label={strings.transport.position}
      aria-valuemin={0}
      aria-valuemax={1000}
      aria-valuenow={0}
      className="group relative flex h-6 touch-none items-center rounded-control"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onPointerLeave={() => setHover(null)}
    >
      <div className="h-1 w-full overflow-hidden rounded-full bg-hover transition-[height] group-hover:h-1.5">
        <div
          ref={done}
          className="h-full origin-left bg-accent"
          style={{ transform: "scaleX(0)" }}
        />
      </div>
      <div
        ref={knob}
        className="absolute left-0 size-3.5 -translate-x-1/2 rounded-full bg-accent shadow-[0_0_0_3px_var(--color-ground)] transition-[scale] group-hover:scale-115"
      />
      {hover !== null && (
        <output
          className="pointer-events-none absolute bottom-full mb-1 -translate-x-1/2 rounded-md bg-raised px-2 py-0.5 font-mono text-xs whitespace-nowrap shadow-panel"
          style={{
            left: `clamp(2.5rem, ${hover * 100}%, calc(100% - 2.5rem))`,
          }}
        >
          {timecode(hover * duration, rate)}
        </output>
      )}
    </div>
  );
}
