import { useRef, type KeyboardEvent, type PointerEvent } from "react";

/** Sizes are told in rem. */
const remPixels = () =>
  parseFloat(getComputedStyle(document.documentElement).fontSize);

const STEP = 1;

/** Between two panels: dragged, moved by arrow keys, and put back by a double click. */
export function Splitter({
  label,
  axis,
  size,
  limits,
  isReversed = false,
  onSize,
  onReset,
  className = "",
}: {
  label: string;
  /** The way it is dragged along. */
  axis: "x" | "y";
  size: number;
  limits: readonly [number, number];
  /** The panel that it sizes lies behind it. */
  isReversed?: boolean;
  onSize: (size: number) => void;
  onReset: () => void;
  className?: string;
}) {
  const begun = useRef<{ at: number; size: number } | null>(null);
  const sign = isReversed ? -1 : 1;
  const along = (event: PointerEvent) =>
    axis === "x" ? event.clientX : event.clientY;
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] =
      axis === "x" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const way = event.key === more ? 1 : event.key === less ? -1 : 0;
    if (way === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onSize(size + way * sign * STEP);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === "x" ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(size)}
      aria-valuemin={limits[0]}
      aria-valuemax={limits[1]}
      className={`group relative z-10 touch-none rounded-full ${axis === "x" ? "cursor-col-resize" : "cursor-row-resize"} ${className}`}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { at: along(event), size };
      }}
      onPointerMove={(event) => {
        if (!begun.current) return;
        const moved = (along(event) - begun.current.at) / remPixels();
        onSize(begun.current.size + moved * sign);
      }}
      onPointerUp={() => (begun.current = null)}
      onPointerCancel={() => (begun.current = null)}
    >
      <span
        className={`absolute rounded-full bg-transparent transition-colors group-hover:bg-accent group-focus-visible:bg-accent group-active:bg-accent ${axis === "x" ? "inset-y-3 left-1/2 w-0.5 -translate-x-1/2" : "inset-x-3 top-1/2 h-0.5 -translate-y-1/2"}`}
      />
    </div>
  );
}
