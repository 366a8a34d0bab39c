// The ruler: scrubbing with sound, markers, and the marked stretch.
import { useRef, type PointerEvent, type RefObject } from "react";
import { setMarker } from "@/actions/edit/markers";
import { onFrame } from "@/actions/edit/playhead";
import { placePlayhead } from "@/actions/play";
import type { Ticks } from "@/engine/engine";
import { filmOf, projectNow, type Marker } from "@/state/project";
import { selectMarker } from "@/state/selection";
import { endDrag, showDrag } from "@/state/timeline_drag";
import { viewNow, type Bounds } from "@/state/timeline_view";
import { now } from "@/state/session";
import { strings } from "@/strings";
import { settle, snapper, type Pointing } from "./gesture";
import { RULER_HEIGHT } from "./paint_ruler";
import { useEdgeScroll } from "./use_edge_scroll";

/** Around a marker's flag. */
const FLAG_PIXELS = 8;

/** Flags hang in the upper half. */
const FLAG_HEIGHT = 15;

type Press =
  | { kind: "scrub"; rate: number; snapped: ReturnType<typeof snapper> }
  | { kind: "marker"; marker: Marker; begun: Ticks; hasMoved: boolean };

function markerAt(x: number, y: number): Marker | null {
  if (y > FLAG_HEIGHT) return null;
  const { left, scale } = viewNow();
  const markers = filmOf(projectNow())?.markers ?? [];
  const near = (marker: Marker) =>
    Math.abs((marker.start - left) / scale - x) < FLAG_PIXELS;
  return markers.find(near) ?? null;
}

function pointingOf(
  event: { clientX: number; shiftKey: boolean },
  element: HTMLElement,
): Pointing {
  const { left: edge } = element.getBoundingClientRect();
  const x = event.clientX - edge;
  const { left, scale } = viewNow();
  return {
    x,
    y: 0,
    at: Math.max(0, left + x * scale),
    alt: false,
    shift: event.shiftKey,
    control: false,
  };
}

function timeAt(press: Press, pointing: Pointing): Ticks {
  if (press.kind === "marker")
    return onFrame(press.marker.start + pointing.at - press.begun);
  const near = press.snapped([pointing.at], 0, pointing);
  return near.guide ?? onFrame(pointing.at);
}

function usePress(bounds: Bounds) {
  const press = useRef<Press | null>(null);
  const go = (
    element: HTMLElement,
    event: { clientX: number; shiftKey: boolean },
  ) => {
    const pressed = press.current;
    if (!pressed) return;
    const at = timeAt(pressed, pointingOf(event, element));
    if (pressed.kind === "scrub") return placePlayhead(at, true);
    pressed.hasMoved = true;
    showDrag({ marker: { id: pressed.marker.id, start: at } });
  };
  const edge = useEdgeScroll(bounds, go);
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const element = event.currentTarget;
    element.setPointerCapture(event.pointerId);
    const pointing = pointingOf(event, element);
    const y = event.clientY - element.getBoundingClientRect().top;
    const marker = markerAt(pointing.x, y);
    if (marker) {
      selectMarker(marker.id);
      placePlayhead(marker.start);
      press.current = {
        kind: "marker",
        marker,
        begun: pointing.at,
        hasMoved: false,
      };
      return;
    }
    const rate = now().player?.state.rate ?? 0;
    press.current = { kind: "scrub", rate, snapped: snapper(new Set(), false) };
    go(element, event);
  };
  const end = (event: PointerEvent<HTMLElement>, isDone: boolean) => {
    const pressed = press.current;
    press.current = null;
    edge.stop();
    if (!pressed) return;
    const at = timeAt(pressed, pointingOf(event, event.currentTarget));
    if (pressed.kind === "scrub") {
      placePlayhead(at);
      if (pressed.rate !== 0) now().player?.play(pressed.rate);
    } else if (isDone && pressed.hasMoved)
      settle(setMarker(pressed.marker.id, { start: at }));
    else endDrag();
  };
  return {
    onPointerDown: begin,
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!press.current) return;
      go(event.currentTarget, event);
      edge.near(event.currentTarget, event);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => end(event, true),
    onPointerCancel: (event: PointerEvent<HTMLElement>) => end(event, false),
  };
}

/** The ruler over the lanes. The transport's own slider says the position to screen readers. */
export function RulerBar({
  canvas,
  bounds,
}: {
  canvas: RefObject<HTMLCanvasElement | null>;
  bounds: Bounds;
}) {
  return (
    <div
      data-ruler
      title={strings.timeline.ruler}
      className="relative min-w-0 flex-1 cursor-ew-resize touch-none overflow-hidden select-none"
      style={{ height: RULER_HEIGHT }}
      {...usePress(bounds)}
    >
      <canvas ref={canvas} className="block size-full" aria-hidden="true" />
    </div>
  );
}
