import { useEffect, useState, type CSSProperties } from "react";

/** A number between two, set by dragging or by arrow keys; told once it is let go. */
export function Slider({
  label,
  value,
  min,
  max,
  name,
  onSet,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  /** How a value is called. */
  name: (value: number) => string;
  onSet: (value: number) => void;
}) {
  const [held, setHeld] = useState(value);
  useEffect(() => setHeld(value), [value]);
  const keep = () => held !== value && onSet(held);
  return (
    <label className="flex flex-col">
      <span className="flex justify-between gap-2 text-xs text-soft">
        {label}
        <span className="tabular-nums">{name(held)}</span>
      </span>
      <input
        type="range"
        className="slider w-full"
        min={min}
        max={max}
        step={1}
        value={held}
        aria-valuetext={name(held)}
        style={
          { "--at": `${((held - min) / (max - min)) * 100}%` } as CSSProperties
        }
        onChange={(event) => setHeld(Number(event.target.value))}
        onPointerUp={keep}
        onKeyUp={keep}
        onBlur={keep}
      />
    </label>
  );
}
