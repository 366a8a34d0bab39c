// All of the film in one bar, with a window that shows, moves and resizes what of it is seen.
import {
  useEffect,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import type { FilmInfo, Ticks } from "@/engine/engine";
import { filmOf, projectNow, useProject } from "@/state/project";
import {
  allowedScale,
  scrollTo,
  useView,
  viewNow,
  type Bounds,
} from "@/state/timeline_view";
import { timecode } from "@/state/time";
import { strings } from "@/strings";
import { readPalette, watchPalette } from "./palette";

/** The window is never narrower. */
const WINDOW_PIXELS = 18;

/** At its ends the window is resized. */
const GRIP_PIXELS = 6;

/** One press of an arrow key, in parts of what is seen. */
const KEY_PART = 0.2;

const whole = (
  { duration }: Bounds,
  {
    left,
    width,
    scale,
  }: Pick<ReturnType<typeof viewNow>, "left" | "width" | "scale">,
) => Math.max(1, duration, left + width * scale);

/** Every clip as a thin line. */
function paint(canvas: HTMLCanvasElement, total: Ticks) {
  const ratio = window.devicePixelRatio;
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.max(1, Math.round(clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(clientHeight * ratio));
  const context = canvas.getContext("2d");
  const film = filmOf(projectNow());
  if (!context || !film) return;
  const palette = readPalette(canvas.parentElement ?? document.body);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const tracks = [...film.tracks].reverse();
  const height = clientHeight / Math.max(1, tracks.length);
  const perTick = clientWidth / total;
  tracks.forEach(({ kind, role, clips }, row) => {
    context.fillStyle =
      kind === "video"
        ? palette.picture
        : kind === "text"
          ? palette.words
          : role === "music"
            ? palette.music
            : palette.voice;
    context.beginPath();
    let covered = -1;
    for (const { start, duration } of clips) {
      const right = (start + duration) * perTick;
      if (right - covered < 0.5) continue;
      covered = right;
      context.rect(
        start * perTick,
        row * height,
        Math.max(0.5, duration * perTick - 0.5),
        Math.max(1, height - 0.5),
      );
    }
    context.fill();
  });
}

type Press = {
  part: "all" | "start" | "end";
  x: number;
  left: Ticks;
  right: Ticks;
};

function resize({ part, left, right }: Press, by: Ticks, bounds: Bounds) {
  const { width, scale } = viewNow();
  if (part === "all") return scrollTo(left + by, bounds);
  const from =
    part === "start" ? Math.max(0, Math.min(left + by, right - 1)) : left;
  const to = part === "end" ? Math.max(from + 1, right + by) : right;
  const next = allowedScale((to - from) / Math.max(1, width), width, bounds);
  useView.setState({
    isFitted: false,
    scale: next,
    left: part === "start" ? Math.max(0, to - width * next) : from,
  });
  return scale;
}

function usePress(bounds: Bounds) {
  const press = useRef<Press | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const element = event.currentTarget;
      element.setPointerCapture(event.pointerId);
      const view = viewNow();
      const box = element.getBoundingClientRect();
      const perPixel = whole(bounds, view) / box.width;
      const x = event.clientX - box.left;
      const from = view.left / perPixel;
      const to = Math.max(
        from + WINDOW_PIXELS,
        (view.left + view.width * view.scale) / perPixel,
      );
      if (x < from - GRIP_PIXELS || x > to + GRIP_PIXELS)
        scrollTo(x * perPixel - (view.width * view.scale) / 2, bounds);
      const part =
        Math.abs(x - from) < GRIP_PIXELS
          ? "start"
          : Math.abs(x - to) < GRIP_PIXELS
            ? "end"
            : "all";
      const { left } = viewNow();
      press.current = {
        part,
        x: event.clientX,
        left,
        right: left + view.width * view.scale,
      };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!press.current) return;
      const total = whole(bounds, { ...viewNow(), left: press.current.left });
      const by =
        ((event.clientX - press.current.x) / event.currentTarget.clientWidth) *
        total;
      resize(press.current, by, bounds);
    },
    onPointerUp: () => void (press.current = null),
    onPointerCancel: () => void (press.current = null),
  };
}

/** The bar below the lanes. */
export function Overview({ info, bounds }: { info: FilmInfo; bounds: Bounds }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { left, scale, width } = useView();
  const film = useProject(filmOf);
  const total = whole(bounds, { left, scale, width });
  useEffect(() => {
    const repaint = () => canvas.current && paint(canvas.current, total);
    const frame = requestAnimationFrame(repaint);
    const end = watchPalette(repaint);
    return () => {
      cancelAnimationFrame(frame);
      end();
    };
  }, [film, total, width]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = {
      ArrowLeft: -KEY_PART,
      ArrowRight: KEY_PART,
      PageUp: -1,
      PageDown: 1,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    scrollTo(left + step * width * scale, bounds);
  };
  const right = Math.min(total, left + width * scale);
  return (
    <div
      role="scrollbar"
      tabIndex={0}
      aria-controls="timeline-lanes"
      aria-orientation="horizontal"
      aria-label={strings.timeline.overview}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((left / total) * 100)}
      aria-valuetext={strings.timeline.overviewValue(
        timecode(left, info.rate),
        timecode(right, info.rate),
      )}
      className="relative h-5 min-w-0 flex-1 touch-none overflow-hidden rounded-md bg-sunken"
      onKeyDown={onKeyDown}
      {...usePress(bounds)}
    >
      <canvas
        ref={canvas}
        className="block size-full opacity-45"
        aria-hidden="true"
      />
      <div
        className="pointer-events-none absolute inset-y-0 rounded-md border-x-4 border-edge bg-hover shadow-[inset_0_0_0_1px_var(--color-edge)]"
        style={{
          left: `${(left / total) * 100}%`,
          width: `max(${WINDOW_PIXELS}px, ${((right - left) / total) * 100}%)`,
        }}
      />
    </div>
  );
}
