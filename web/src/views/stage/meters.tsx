import { useRef } from "react";
import type { Player } from "@/engine/engine";
import { useEveryState } from "@/state/player_state";
import { strings } from "@/strings";

/** The quietest that is drawn. */
const FLOOR_DB = -48;

/** How fast a bar falls, in parts of its length a second. */
const FALL = 0.9;

const partOf = (peak: number) =>
  peak <= 0 ? 0 : Math.max(0, 1 - (20 * Math.log10(peak)) / FLOOR_DB);

/** Peaks of what is heard, left over right. Rises at once, falls slowly. */
export function Meters({ player }: { player: Player | null }) {
  const bars = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const shown = useRef<[number, number]>([0, 0]);
  const painted = useRef(0);
  useEveryState(player, ({ levels, rate }) => {
    const time = performance.now();
    const fall = ((time - painted.current) / 1000) * FALL;
    painted.current = time;
    bars.forEach((bar, side) => {
      const now = rate === 0 ? 0 : Math.min(1, partOf(levels[side] ?? 0));
      const part =
        rate === 0 ? 0 : Math.max(now, (shown.current[side] ?? 0) - fall);
      shown.current[side] = part;
      if (bar.current)
        bar.current.style.clipPath = `inset(0 ${100 - part * 100}% 0 0)`;
    });
  });
  return (
    <div
      role="img"
      aria-label={strings.transport.level}
      className="flex w-20 flex-col gap-0.5"
    >
      {bars.map((bar, side) => (
        <div key={side} className="h-1 overflow-hidden rounded-full bg-hover">
          <div
            ref={bar}
            className="h-full bg-[linear-gradient(to_right,var(--color-good)_70%,var(--color-warn)_88%,var(--color-bad)_97%)] [clip-path:inset(0_100%_0_0)]"
          />
        </div>
      ))}
    </div>
  );
}
