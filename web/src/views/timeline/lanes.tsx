// The lanes: what the pointer and the keyboard do to clips.
import {
  useEffect,
  useRef,
  useState,
  type DragEvent,
  type FocusEvent,
  type PointerEvent,
  type RefObject,
} from "react";
import { ASSET_TYPE } from "@/actions/edit/put_asset";
import type { FilmInfo } from "@/engine/engine";
import { selectionNow } from "@/state/selection";
import type { Layout } from "@/state/timeline_geometry";
import { useView, viewNow, type Bounds } from "@/state/timeline_view";
import { strings } from "@/strings";
import { beginGesture } from "./begin_gesture";
import { dropAsset, endDropping, overAsset } from "./drop_asset";
import type { Gesture, Pointing } from "./gesture";
import { panGesture } from "./gesture_select";
import { cursorOf, hitAt, type Hit } from "./hit";
import { onLaneKey } from "./lane_keys";
import { Options } from "./options";
import { useEdgeScroll } from "./use_edge_scroll";
import { usePinch } from "./use_pinch";
import type { Attention } from "./use_scene";

/** A pointer that moved less did not move. */
const STILL_PIXELS = 3;

type Press = { gesture: Gesture; x: number; y: number; hasMoved: boolean };

export interface LanesProps {
  info: FilmInfo;
  layout: Layout;
  bounds: Bounds;
  canvas: RefObject<HTMLCanvasElement | null>;
  /** How much of the lanes is seen. */
  height: number;
  attention: RefObject<Attention>;
  paint: () => void;
}

function pointingOf(
  event: { clientX: number; clientY: number } & Pick<
    PointerEvent,
    "altKey" | "shiftKey" | "ctrlKey" | "metaKey"
  >,
  element: HTMLElement,
): Pointing {
  const box = element.getBoundingClientRect();
  const x = event.clientX - box.left;
  const { left, scale } = viewNow();
  return {
    x,
    y: event.clientY - box.top,
    at: Math.max(0, left + x * scale),
    alt: event.altKey,
    shift: event.shiftKey,
    control: event.ctrlKey || event.metaKey,
  };
}

/** What the pointer does: presses become gestures, hovering a cursor. */
function usePointer({ layout, bounds, attention, paint }: LanesProps) {
  const press = useRef<Press | null>(null);
  const last = useRef<Pointing | null>(null);
  const tool = useView((view) => view.tool);
  const edge = useEdgeScroll(bounds, (element, event) => {
    const pointing = pointingOf(event, element);
    if (press.current?.hasMoved) press.current.gesture.move(pointing);
  });
  const pinch = usePinch(bounds);

  const look = (pointing: Pointing, isTouch: boolean): Hit =>
    hitAt({
      ...pointing,
      layout,
      view: viewNow(),
      selected: selectionNow().clips,
      isTouch,
    });
  const cancel = () => {
    press.current?.gesture.cancel();
    press.current = null;
    edge.stop();
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const element = event.currentTarget;
    if (pinch.down(event)) return cancel();
    if (event.button === 2 || (event.button !== 0 && event.button !== 1))
      return;
    const pointing = pointingOf(event, element);
    const isTouch = event.pointerType === "touch";
    const hit = look(pointing, isTouch);
    const isSelected =
      hit.kind === "clip" && selectionNow().clips.has(hit.place.clip.id);
    const isPushed =
      event.button === 1 ||
      (isTouch && !isSelected && hit.kind !== "transition" && tool !== "blade");
    const gesture = isPushed
      ? panGesture(pointing, hit, bounds)
      : beginGesture(hit, tool, { pointing, layout });
    if (!gesture) return;
    element.setPointerCapture(event.pointerId);
    element.style.cursor = gesture.cursor;
    press.current = {
      gesture,
      x: event.clientX,
      y: event.clientY,
      hasMoved: false,
    };
  };
  const hover = (event: PointerEvent<HTMLElement>, pointing: Pointing) => {
    const hit = look(pointing, false);
    event.currentTarget.style.cursor = cursorOf(hit, tool);
    const over = hit.kind === "clip" ? hit.place.clip.id : null;
    if (over === attention.current.hovered) return;
    attention.current.hovered = over;
    paint();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (pinch.move(event)) return;
    const pointing = pointingOf(event, event.currentTarget);
    last.current = pointing;
    const pressed = press.current;
    if (!pressed) return hover(event, pointing);
    const away = Math.hypot(
      event.clientX - pressed.x,
      event.clientY - pressed.y,
    );
    pressed.hasMoved ||= away >= STILL_PIXELS;
    if (!pressed.hasMoved) return;
    pressed.gesture.move(pointing);
    edge.near(event.currentTarget, event);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    pinch.up(event);
    const pressed = press.current;
    press.current = null;
    edge.stop();
    pressed?.gesture.drop(
      pointingOf(event, event.currentTarget),
      pressed.hasMoved,
    );
  };
  const onPointerLeave = () => {
    if (attention.current.hovered === null) return;
    attention.current.hovered = null;
    paint();
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !press.current) return;
      event.preventDefault();
      cancel();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () =>
      window.removeEventListener("keydown", onKey, { capture: true });
  });
  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerLeave,
    onPointerCancel: cancel,
  };
}

/** Media that are dragged here from the bin. */
function useDropping({ layout }: LanesProps) {
  const isAsset = (event: DragEvent) =>
    event.dataTransfer.types.includes(ASSET_TYPE);
  return {
    onDragOver(event: DragEvent<HTMLElement>) {
      if (!isAsset(event)) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = "copy";
      overAsset(pointingOf(event, event.currentTarget), layout);
    },
    onDragLeave: endDropping,
    onDrop(event: DragEvent<HTMLElement>) {
      if (!isAsset(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const asset = event.dataTransfer.getData(ASSET_TYPE);
      void dropAsset(asset, pointingOf(event, event.currentTarget), layout);
    },
  };
}

/** The lanes of all tracks: a canvas that is seen, and a list of options that is read out. */
export function Lanes(props: LanesProps) {
  const { layout, canvas, attention, paint, info, bounds } = props;
  const focus = useFocusMark(attention, paint);
  const [active, setActive] = useState<string | undefined>(undefined);
  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-multiselectable
      aria-label={strings.timeline.surface}
      aria-describedby="timeline-help"
      aria-activedescendant={active}
      data-lanes
      className="relative min-w-0 flex-1 touch-pan-y outline-none select-none"
      style={{ minHeight: Math.max(layout.height, props.height) }}
      onKeyDown={(event) => {
        if (attention.current.hasFocus) onLaneKey(event, layout, bounds);
      }}
      {...focus}
      {...usePointer(props)}
      {...useDropping(props)}
    >
      <canvas
        ref={canvas}
        className="pointer-events-none sticky top-0 block w-full"
        style={{ height: props.height }}
        aria-hidden="true"
      />
      <Options layout={layout} info={info} onActive={setActive} />
    </div>
  );
}

/** The keyboard's frame is drawn only for who came by keyboard. */
function useFocusMark(attention: RefObject<Attention>, paint: () => void) {
  return {
    onFocus({ currentTarget }: FocusEvent<HTMLElement>) {
      attention.current.hasFocus = currentTarget.matches(":focus-visible");
      paint();
    },
    onBlur() {
      attention.current.hasFocus = false;
      paint();
    },
  };
}
