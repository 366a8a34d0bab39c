import { useEffect, useRef, type RefObject } from "react";
import { scrollTo, viewNow, zoomAt, type Bounds } from "@/state/timeline_view";

/** How much a wheel's pixel zooms; a trackpad's pinch comes as a wheel with Control. */
const ZOOM_PER_PIXEL = 0.0032;

/** A wheel that counts in lines. */
const LINE_PIXELS = 20;

/**
 * The wheel over ruler and lanes: with Control it zooms around the pointer, with Shift or sideways it goes
 * along the film, otherwise up and down the tracks.
 */
export function useWheel(
  scroller: RefObject<HTMLElement | null>,
  bar: RefObject<HTMLElement | null>,
  bounds: Bounds,
) {
  const latest = useRef(bounds);
  latest.current = bounds;
  useEffect(() => {
    const lanesLeft = () =>
      bar.current?.querySelector("[data-ruler]")?.getBoundingClientRect()
        .left ?? 0;
    const onWheel = (event: WheelEvent) => {
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
      const across =
        (event.deltaX || (event.shiftKey ? event.deltaY : 0)) * unit;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const x = Math.max(0, event.clientX - lanesLeft());
        zoomAt(
          x,
          Math.exp(event.deltaY * unit * ZOOM_PER_PIXEL),
          latest.current,
        );
      } else if (across !== 0) {
        event.preventDefault();
        const { left, scale } = viewNow();
        scrollTo(left + across * scale, latest.current);
      }
    };
    // Not passive: the page itself must not zoom.
    const elements = [scroller.current, bar.current];
    for (const element of elements)
      element?.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      for (const element of elements)
        element?.removeEventListener("wheel", onWheel);
    };
  }, [scroller, bar]);
}
