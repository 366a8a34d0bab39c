import { useRef } from "react";
import { scrollTo, viewNow, type Bounds } from "@/state/timeline_view";

type Place = {
  clientX: number;
  clientY: number;
  altKey: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
};

/** Where the lanes begin to scroll under a drag, and how fast they do at most. */
const EDGE_PIXELS = 28;
const SPEED_PIXELS = 14;

/** While a drag is held near an edge, the lanes scroll, and [again] is called with where the pointer is. */
export function useEdgeScroll(
  bounds: Bounds,
  again: (element: HTMLElement, place: Place) => void,
) {
  const held = useRef<{
    frame: number;
    element: HTMLElement;
    place: Place;
  } | null>(null);
  const latest = useRef({ bounds, again });
  latest.current = { bounds, again };

  const speedOf = (element: HTMLElement, { clientX }: Place) => {
    const { left, right } = element.getBoundingClientRect();
    const before = Math.max(0, left + EDGE_PIXELS - clientX);
    const behind = Math.max(0, clientX - right + EDGE_PIXELS);
    return (Math.min(1, (behind - before) / EDGE_PIXELS) || 0) * SPEED_PIXELS;
  };
  const step = () => {
    const now = held.current;
    if (!now) return;
    const speed = Math.max(-SPEED_PIXELS, speedOf(now.element, now.place));
    if (speed === 0) return void (held.current = null);
    const { left, scale } = viewNow();
    scrollTo(left + speed * scale, latest.current.bounds);
    latest.current.again(now.element, now.place);
    now.frame = requestAnimationFrame(step);
  };
  return {
    near(
      element: HTMLElement,
      { clientX, clientY, altKey, shiftKey, ctrlKey, metaKey }: Place,
    ) {
      const place = { clientX, clientY, altKey, shiftKey, ctrlKey, metaKey };
      if (held.current) held.current.place = place;
      else if (speedOf(element, place) !== 0) {
        held.current = { frame: 0, element, place };
        held.current.frame = requestAnimationFrame(step);
      }
    },
    stop() {
      if (held.current) cancelAnimationFrame(held.current.frame);
      held.current = null;
    },
  };
}
