import { useRef, useState, type KeyboardEvent } from "react";

export type CurvePoints = [number, number, number, number];

/** The picture is 100 wide; y may go beyond 0…1 by this part of it. */
const OVER = 0.4;
const KEY_STEP = 0.05;

const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

const toY = (value: number) => (1 - value) * 100;

/** How a value travels: a curve with two points to drag, or to move by arrow keys; null jumps at the end. */
export function Curve({
  curve,
  pointLabel,
  onSet,
}: {
  curve: readonly [number, number, number, number] | null;
  pointLabel: (number: number) => string;
  onSet: (curve: CurvePoints) => void;
}) {
  const picture = useRef<SVGSVGElement>(null);
  const [dragged, setDragged] = useState<CurvePoints | null>(null);
  const held = useRef<0 | 1 | null>(null);
  const points = dragged ?? curve;
  const withPoint = (which: 0 | 1, x: number, y: number): CurvePoints => {
    const next: CurvePoints = points ? [...points] : [0, 0, 1, 1];
    next[which * 2] = Math.round(clamp(x, 0, 1) * 100) / 100;
    next[which * 2 + 1] = Math.round(clamp(y, -OVER, 1 + OVER) * 100) / 100;
    return next;
  };
  const onKeyDown = (which: 0 | 1) => (event: KeyboardEvent) => {
    const x =
      Number(event.key === "ArrowRight") - Number(event.key === "ArrowLeft");
    const y =
      Number(event.key === "ArrowUp") - Number(event.key === "ArrowDown");
    if (!points || (x === 0 && y === 0)) return;
    event.preventDefault();
    event.stopPropagation();
    onSet(
      withPoint(
        which,
        (points[which * 2] ?? 0) + x * KEY_STEP,
        (points[which * 2 + 1] ?? 0) + y * KEY_STEP,
      ),
    );
  };
  return (
    <svg
      ref={picture}
      viewBox="-8 -48 116 196"
      className="h-44 w-full touch-none rounded-[0.4rem] bg-sunken"
      onPointerMove={(event) => {
        const box = picture.current?.getScreenCTM()?.inverse();
        if (held.current === null || !box) return;
        const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(
          box,
        );
        setDragged(withPoint(held.current, at.x / 100, 1 - at.y / 100));
      }}
      onPointerUp={() => {
        held.current = null;
        if (dragged) onSet(dragged);
        setDragged(null);
      }}
    >
      <path
        d="M0 100H100M0 0H100M0 0V100M100 0V100"
        stroke="var(--color-line)"
        vectorEffect="non-scaling-stroke"
      />
      {points ? (
        <>
          <path
            d={`M0 100L${points[0] * 100} ${toY(points[1])}M100 0L${points[2] * 100} ${toY(points[3])}`}
            stroke="var(--color-edge)"
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={`M0 100C${points[0] * 100} ${toY(points[1])} ${points[2] * 100} ${toY(points[3])} 100 0`}
            fill="none"
            stroke="var(--color-accent)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
          {([0, 1] as const).map((which) => (
            <circle
              key={which}
              cx={(points[which * 2] ?? 0) * 100}
              cy={toY(points[which * 2 + 1] ?? 0)}
              r="5"
              role="slider"
              tabIndex={0}
              aria-label={pointLabel(which + 1)}
              aria-valuenow={points[which * 2 + 1] ?? 0}
              aria-valuetext={`${points[which * 2]}, ${points[which * 2 + 1]}`}
              fill="var(--color-accent)"
              onKeyDown={onKeyDown(which)}
              onPointerDown={(event) => {
                picture.current?.setPointerCapture(event.pointerId);
                held.current = which;
              }}
            />
          ))}
        </>
      ) : (
        <path
          d="M0 100H100V0"
          fill="none"
          stroke="var(--color-accent)"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
