import { useEffect, useRef } from "react";
import type { Player, Ticks } from "@/engine/engine";
import { useEveryState } from "@/state/player_state";
import { dragNow } from "@/state/timeline_drag";
import { scrollTo, useView, viewNow, type Bounds } from "@/state/timeline_view";

/** Where the view goes on while playing: this part of it is before the playhead then. */
const PAGE_PART = 0.08;

/** Turns the page when the playhead leaves it. */
function follow(at: Ticks, rate: number, bounds: Bounds) {
  const { left, width, scale, isFollowing } = viewNow();
  const x = (at - left) / scale;
  if (!isFollowing || rate === 0 || (x >= 0 && x <= width)) return;
  scrollTo(at - (rate > 0 ? PAGE_PART : 1 - PAGE_PART) * width * scale, bounds);
}

/** The line of the playhead over ruler and lanes: moved, never painted. */
export function Playhead({
  player,
  bounds,
}: {
  player: Player | null;
  bounds: Bounds;
}) {
  const line = useRef<HTMLDivElement>(null);
  const at = useRef<Ticks>(0);
  const place = () => {
    const { left, width, scale } = viewNow();
    const x = (at.current - left) / scale;
    const element = line.current;
    if (!element) return;
    element.style.transform = `translateX(${Math.round(x)}px)`;
    element.style.visibility = x < -1 || x > width + 1 ? "hidden" : "visible";
  };
  useEveryState(player, ({ playhead, rate }) => {
    at.current = playhead;
    // While something is dragged the stage shows its edge, and the view stays.
    if (dragNow().shown.size === 0) follow(playhead, rate, bounds);
    place();
  });
  useEffect(() => useView.subscribe(place));
  return (
    <div className="pointer-events-none absolute inset-y-0 right-0 left-11.5 z-10 overflow-hidden sm:left-45.5">
      <div ref={line} data-playhead className="absolute inset-y-0 left-0 w-0">
        <div className="absolute top-3.5 -left-1.5 h-3.5 w-3 rounded-[3px_3px_6px_6px] bg-accent shadow-panel" />
        <div className="absolute top-4 bottom-0 -left-px w-0.5 bg-accent" />
      </div>
    </div>
  );
}
