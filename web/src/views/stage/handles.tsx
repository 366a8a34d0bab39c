import {
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent as Pointer,
} from "react";
import { setMembers, tryMembers } from "@/actions/inspect";
import { placing, type Placing } from "@/actions/place_clip";
import type { Ticks } from "@/engine/engine";
import {
  linesOf,
  shownEdges,
  toCanvas,
  turned,
  type ClipBox,
  type Guide,
  type Point,
  type Size,
} from "@/state/clip_box";
import {
  croppedBox,
  HANDLES,
  movedBox,
  scaledBox,
  turnedBox,
  type Handle,
} from "@/state/placing";
import { clipName, type Clip } from "@/state/project";
import { setStageView } from "@/state/stage_view";
import { strings } from "@/strings";

/** How near a line must be to be snapped to, on the screen. */
const REACH_PX = 7;
/** From the box to the handle that turns it. */
const TURN_PX = 26;

export type Grip = "move" | "turn" | Handle;

/** What differs between two boxes, in the words of the file. */
function differences(from: ClipBox, to: ClipBox): Placing {
  const pairs: [keyof Placing, number, number][] = [
    ["x", from.x, to.x],
    ["y", from.y, to.y],
    ["scale_x", from.scaleX, to.scaleX],
    ["scale_y", from.scaleY, to.scaleY],
    ["rotation", from.rotation, to.rotation],
    ["crop_left", from.crop.left, to.crop.left],
    ["crop_top", from.crop.top, to.crop.top],
    ["crop_right", from.crop.right, to.crop.right],
    ["crop_bottom", from.crop.bottom, to.crop.bottom],
  ];
  return Object.fromEntries(
    pairs
      .filter(([, before, after]) => before !== after)
      .map(([name, , after]) => [name, after]),
  );
}

interface Drag {
  grip: Grip;
  from: Point;
  isMoving: boolean;
}

const CURSORS = ["ew", "nwse", "ns", "nesw"];

/** The arrow that shows which way a handle goes, however its box is turned. */
function cursorOf({ x, y }: Handle, rotation: number): string {
  const angle = (Math.atan2(y, x) * 180) / Math.PI + rotation;
  const eighth = ((Math.round(angle / 45) % 4) + 4) % 4;
  return `${CURSORS[eighth]}-resize`;
}

/** The dragging of a box: what it is meanwhile, and the lines that it snapped to. */
export function useDragging(
  clip: Clip | null,
  box: ClipBox | null,
  playhead: Ticks,
  canvas: Size,
  perPixel: number,
  isCropping: boolean,
) {
  const drag = useRef<Drag | null>(null);
  const [shown, setShown] = useState<{ box: ClipBox; guides: Guide[] } | null>(
    null,
  );
  const next = (at: Point, event: Pointer) => {
    const now = drag.current;
    if (!now || !box) return null;
    const plain = (moved: ClipBox) => ({ box: moved, guides: [] });
    if (now.grip === "move")
      return movedBox(
        box,
        { x: at.x - now.from.x, y: at.y - now.from.y },
        linesOf(canvas),
        event.altKey ? 0 : REACH_PX * perPixel,
      );
    if (now.grip === "turn")
      return plain(turnedBox(box, now.from, at, event.altKey));
    if (isCropping) return plain(croppedBox(box, now.grip, at));
    return plain(scaledBox(box, now.grip, at, event.shiftKey, event.altKey));
  };
  return {
    shown,
    begin(grip: Grip, from: Point) {
      drag.current = { grip, from, isMoving: false };
    },
    move(at: Point, event: Pointer) {
      const now = drag.current;
      if (!now || !clip || !box) return;
      const way = Math.hypot(at.x - now.from.x, at.y - now.from.y);
      if (!now.isMoving && way < 2 * perPixel) return;
      now.isMoving = true;
      const result = next(at, event);
      setShown(result);
      if (result)
        tryMembers(placing(clip, playhead, differences(box, result.box)));
    },
    end() {
      const now = drag.current;
      drag.current = null;
      if (now?.isMoving && clip && box && shown)
        void setMembers(
          placing(clip, playhead, differences(box, shown.box)),
        ).then(() => setShown(null));
      else setShown(null);
    },
    get isDragging() {
      return drag.current !== null;
    },
  };
}

/** The frame around the selected clip. */
export function Handles({
  clip,
  box,
  canvas,
  scale,
  playhead,
  isCropping,
  onGrip,
}: {
  clip: Clip;
  box: ClipBox;
  canvas: Size;
  /** Pixels of the page a pixel of the film. */
  scale: number;
  playhead: Ticks;
  isCropping: boolean;
  onGrip: (grip: Grip, event: Pointer) => void;
}) {
  const edges = shownEdges(box);
  const middle = toCanvas(box, {
    x: (edges.left + edges.right) / 2,
    y: (edges.top + edges.bottom) / 2,
  });
  const width = Math.abs((edges.right - edges.left) * box.scaleX) * scale;
  const height = Math.abs((edges.bottom - edges.top) * box.scaleY) * scale;
  const up = turned({ x: 0, y: -height / 2 - TURN_PX }, box.rotation);
  const isTurnOut =
    (canvas.height / 2 + middle.y) * scale + up.y < -TURN_PX / 3;
  const onKeyDown = (event: KeyboardEvent) => {
    const x =
      Number(event.key === "ArrowRight") - Number(event.key === "ArrowLeft");
    const y =
      Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
    if (event.key === "Enter" && clip.kind === "title") {
      event.preventDefault();
      setStageView({ writing: clip.id });
    }
    if (x === 0 && y === 0) return;
    event.preventDefault(); // the playhead stays
    const step = event.shiftKey ? 10 : 1;
    void setMembers(
      placing(clip, playhead, {
        ...(x !== 0 && { x: box.x + x * step }),
        ...(y !== 0 && { y: box.y + y * step }),
      }),
    );
  };
  const grip = (what: Grip) => (event: Pointer) => {
    event.stopPropagation();
    onGrip(what, event);
  };
  return (
    <div
      role="group"
      data-box
      tabIndex={0}
      aria-label={strings.stage.box(clipName(clip))}
      className="absolute cursor-move shadow-[0_0_0_1.5px_var(--color-accent),0_0_0_2.5px_rgb(0_0_0/0.35)] focus-visible:outline-offset-4"
      style={{
        left: (canvas.width / 2 + middle.x) * scale - width / 2,
        top: (canvas.height / 2 + middle.y) * scale - height / 2,
        width,
        height,
        transform: `rotate(${box.rotation}deg)`,
      }}
      onKeyDown={onKeyDown}
      onPointerDown={grip("move")}
      onDoubleClick={() =>
        clip.kind === "title" && setStageView({ writing: clip.id })
      }
    >
      {HANDLES.map((handle) => (
        <span
          key={`${handle.x}${handle.y}`}
          data-handle={`${handle.x},${handle.y}`}
          onPointerDown={grip(handle)}
          className="absolute grid size-5 -translate-1/2 place-items-center"
          style={{
            left: `${(handle.x + 1) * 50}%`,
            top: `${(handle.y + 1) * 50}%`,
            cursor: cursorOf(handle, box.rotation),
          }}
        >
          <span
            className={`bg-on-stage shadow-[0_0_0_1px_rgb(0_0_0/0.5)] ${isCropping ? (handle.x === 0 ? "h-1 w-4" : handle.y === 0 ? "h-4 w-1" : "size-2") : handle.x !== 0 && handle.y !== 0 ? "size-2.5 rounded-full" : "size-2 rounded-[2px]"}`}
          />
        </span>
      ))}
      {!isCropping && (
        <span
          data-turn
          title={strings.stage.rotate}
          onPointerDown={grip("turn")}
          className="absolute left-1/2 grid size-5 -translate-x-1/2 cursor-grab place-items-center"
          style={{ top: isTurnOut ? TURN_PX - 10 : -TURN_PX - 10 }}
        >
          <span className="size-2.5 rounded-full bg-accent shadow-[0_0_0_1.5px_var(--color-on-stage)]" />
        </span>
      )}
    </div>
  );
}
