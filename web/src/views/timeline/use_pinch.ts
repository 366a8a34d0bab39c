import { useRef, type PointerEvent } from "react";
import { scrollTo, viewNow, zoomAt, type Bounds } from "@/state/timeline_view";

/** Two fingers: what is between them stays between them. */
export function usePinch(bounds: Bounds) {
  const fingers = useRef(new Map<number, number>());
  const before = useRef<{ middle: number; apart: number } | null>(null);

  const measure = () => {
    const [one = 0, other = 0] = [...fingers.current.values()];
    return {
      middle: (one + other) / 2,
      apart: Math.max(12, Math.abs(one - other)),
    };
  };
  return {
    /** True when this is the second finger. */
    down(event: PointerEvent<HTMLElement>): boolean {
      if (event.pointerType !== "touch") return false;
      const { left } = event.currentTarget.getBoundingClientRect();
      fingers.current.set(event.pointerId, event.clientX - left);
      before.current = fingers.current.size === 2 ? measure() : null;
      return before.current !== null;
    },
    /** True while two fingers are down: the pointer is theirs. */
    move(event: PointerEvent<HTMLElement>): boolean {
      const last = before.current;
      if (!last || !fingers.current.has(event.pointerId)) return false;
      const { left } = event.currentTarget.getBoundingClientRect();
      fingers.current.set(event.pointerId, event.clientX - left);
      const next = measure();
      zoomAt(next.middle, last.apart / next.apart, bounds);
      const view = viewNow();
      scrollTo(view.left - (next.middle - last.middle) * view.scale, bounds);
      before.current = next;
      return true;
    },
    up({ pointerId }: PointerEvent) {
      fingers.current.delete(pointerId);
      before.current = null;
    },
  };
}
