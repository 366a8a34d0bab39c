import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from "react";

/** So far a pointer may tremble before it drags. */
const TREMBLE_PX = 3;
/** How far it goes for one step. */
const PIXELS_A_STEP = 2;

/** A number, or a sum of numbers as people type them: 1920/2, 50+10. Null where it is none. */
export function numberOf(text: string): number | null {
  const plain = text.replace(/,/g, ".").replace(/−/g, "-").replace(/\s/g, "");
  const sum = /^(-?[\d.]+)(?:([-+*/])(-?[\d.]+))?[^\d]*$/.exec(plain);
  if (!sum) return null;
  const [, first, sign, second] = sum;
  const one = Number(first);
  const other = Number(second ?? 0);
  const value =
    sign === "+"
      ? one + other
      : sign === "-"
        ? one - other
        : sign === "*"
          ? one * other
          : sign === "/"
            ? one / other
            : one;
  return Number.isFinite(value) ? value : null;
}

export interface NumberFieldProps {
  label: string;
  value: number;
  unit?: string;
  min?: number;
  max?: number;
  /** Of the arrow keys and of dragging; Shift is ten of them, Alt a tenth. */
  step?: number;
  digits?: number;
  /** A letter in front, as X or Y. */
  letter?: string;
  /** While it is dragged. */
  onTry?: (value: number) => void;
  /** Once. */
  onSet: (value: number) => void;
  isDisabled?: boolean;
  className?: string;
}

/** A number that is typed, stepped by keys, and dragged. */
export function NumberField({
  label,
  value,
  unit = "",
  min = -Infinity,
  max = Infinity,
  step = 1,
  digits = 2,
  letter,
  onTry,
  onSet,
  isDisabled = false,
  className = "",
}: NumberFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const drag = useRef<{ x: number; from: number; isDragging: boolean } | null>(
    null,
  );
  const exact = (number: number) => {
    const power = 10 ** digits;
    return Math.round(Math.min(max, Math.max(min, number)) * power) / power;
  };
  const shown = dragged ?? value;
  useEffect(() => setDragged(null), [value]);

  const commit = (number: number) => {
    const next = exact(number);
    if (next !== exact(value)) onSet(next);
  };
  const take = () => {
    if (typed === null) return;
    const number = numberOf(typed);
    setTyped(null);
    if (number !== null) commit(number);
  };
  const stepOf = (event: { shiftKey: boolean; altKey: boolean }) =>
    step * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const way =
      event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (way !== 0) {
      event.preventDefault();
      const from = (typed !== null ? numberOf(typed) : null) ?? value;
      setTyped(null);
      commit(from + way * stepOf(event));
    } else if (event.key === "Enter") {
      take();
      input.current?.select();
    } else if (event.key === "Escape") {
      setTyped(null);
      input.current?.blur();
    }
  };
  const onPointerMove = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    const moved = event.clientX - now.x;
    if (!now.isDragging && Math.abs(moved) < TREMBLE_PX) return;
    now.isDragging = true;
    const next = exact(
      now.from + Math.round(moved / PIXELS_A_STEP) * stepOf(event),
    );
    setDragged(next);
    onTry?.(next);
  };
  const onPointerUp = () => {
    const now = drag.current;
    drag.current = null;
    if (now?.isDragging && dragged !== null) commit(dragged);
    else if (now) {
      input.current?.focus();
      input.current?.select();
    }
  };
  return (
    <span
      className={`relative flex h-7.5 min-w-0 items-center rounded-[0.4rem] bg-sunken shadow-[inset_0_0_0_1px_var(--color-line)] transition-shadow focus-within:shadow-[inset_0_0_0_1.5px_var(--color-accent)] hover:shadow-[inset_0_0_0_1px_var(--color-edge)] ${className}`}
    >
      {letter && (
        <span className="ps-2 text-tiny text-faint" aria-hidden="true">
          {letter}
        </span>
      )}
      <input
        ref={input}
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={exact(shown)}
        aria-valuetext={`${exact(shown)} ${unit}`.trim()}
        {...(Number.isFinite(min) && { "aria-valuemin": min })}
        {...(Number.isFinite(max) && { "aria-valuemax": max })}
        disabled={isDisabled}
        value={typed ?? `${exact(shown)}${unit ? `\u2009${unit}` : ""}`}
        className="h-full w-full min-w-0 cursor-ew-resize touch-none bg-transparent px-2 text-end text-[0.8125rem] tabular-nums outline-none focus:cursor-text disabled:text-faint"
        onChange={(event) => setTyped(event.target.value)}
        onFocus={() => setTyped(String(exact(value)))}
        onBlur={take}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (isDisabled || document.activeElement === input.current) return;
          event.preventDefault(); // no caret while it is dragged
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, from: value, isDragging: false };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
          setDragged(null);
          onTry?.(value);
        }}
      />
    </span>
  );
}
