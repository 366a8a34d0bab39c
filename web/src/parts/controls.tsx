import type { ReactNode } from "react";
import { Icon, type IconName } from "@/parts/icon";

const SMALL =
  "h-7.5 w-full min-w-0 rounded-[0.4rem] bg-sunken px-2 text-[0.8125rem] text-ink shadow-[inset_0_0_0_1px_var(--color-line)] hover:shadow-[inset_0_0_0_1px_var(--color-edge)]";

/** One of several, from a list. */
export function Choice<T extends string>({
  label,
  value,
  choices,
  onSet,
  isDisabled = false,
}: {
  label: string;
  value: T;
  choices: readonly { id: T; label: string }[];
  onSet: (value: T) => void;
  isDisabled?: boolean;
}) {
  return (
    <select
      aria-label={label}
      className={`choice tight pe-5 ${SMALL}`}
      value={value}
      disabled={isDisabled}
      onChange={(event) => onSet(event.target.value as T)}
    >
      {choices.map(({ id, label: name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** On or off. */
export function Switch({
  label,
  isOn,
  onSet,
}: {
  label: string;
  isOn: boolean;
  onSet: (isOn: boolean) => void;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      onClick={() => onSet(!isOn)}
      className="relative h-4.5 w-8 shrink-0 rounded-full bg-edge transition-colors after:absolute after:top-0.5 after:start-0.5 after:size-3.5 after:rounded-full after:bg-raised after:transition-transform aria-checked:bg-accent aria-checked:after:translate-x-3.5 rtl:aria-checked:after:-translate-x-3.5"
    />
  );
}

/** One of a few, side by side. */
export function Segments<T extends string>({
  label,
  value,
  choices,
  onSet,
}: {
  label: string;
  value: T;
  choices: readonly { id: T; label: string; icon?: IconName }[];
  onSet: (value: T) => void;
}) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="flex h-7.5 w-full gap-0.5 rounded-[0.4rem] bg-sunken p-0.5 shadow-[inset_0_0_0_1px_var(--color-line)]"
    >
      {choices.map(({ id, label: name, icon }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={id === value}
          aria-label={name}
          title={name}
          onClick={() => onSet(id)}
          className="grid min-w-0 flex-1 place-items-center truncate rounded-[0.3rem] px-1 text-xs text-faint hover:text-ink aria-checked:bg-raised aria-checked:text-ink aria-checked:shadow-[0_0_0_1px_var(--color-line)]"
        >
          {icon ? <Icon name={icon} className="size-4" /> : name}
        </button>
      ))}
    </div>
  );
}

const hex = (value: number) =>
  Math.round(value).toString(16).padStart(2, "0").slice(0, 2);

/** A colour, "#rrggbbaa", and how opaque it is. */
export function ColorField({
  label,
  opacityLabel,
  value,
  onTry,
  onSet,
}: {
  label: string;
  opacityLabel: string;
  value: string;
  onTry?: (value: string) => void;
  onSet: (value: string) => void;
}) {
  const color = value.slice(0, 7);
  const alpha = value.length > 7 ? parseInt(value.slice(7, 9), 16) : 255;
  return (
    <span className="flex h-7.5 min-w-0 items-center gap-2 rounded-[0.4rem] bg-sunken pe-2 ps-1 shadow-[inset_0_0_0_1px_var(--color-line)]">
      <input
        type="color"
        aria-label={label}
        value={color.toLowerCase()}
        className="size-6 shrink-0 cursor-pointer rounded-[0.3rem] border-0 bg-transparent p-0"
        onInput={(event) =>
          onTry?.(event.currentTarget.value + hex(alpha || 255))
        }
        onBlur={(event) => {
          const next = event.currentTarget.value + hex(alpha || 255);
          if (event.currentTarget.value !== color.toLowerCase()) onSet(next);
        }}
        onChange={(event) => onSet(event.target.value + hex(alpha || 255))}
      />
      <input
        type="range"
        aria-label={opacityLabel}
        min={0}
        max={100}
        value={Math.round((alpha / 255) * 100)}
        className="h-1 w-full min-w-0 accent-accent"
        onChange={(event) =>
          onSet(color + hex((Number(event.target.value) / 100) * 255))
        }
      />
      <span className="w-8 shrink-0 text-end text-xs text-faint tabular-nums">
        {Math.round((alpha / 255) * 100)}%
      </span>
    </span>
  );
}

/** A small button with a drawing, in rows of controls. */
export function SmallButton({
  icon,
  label,
  isPressed,
  isDisabled = false,
  onClick,
  className = "",
}: {
  icon: IconName;
  label: string;
  isPressed?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
  className?: string;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={isDisabled}
      {...(isPressed !== undefined && { "aria-pressed": isPressed })}
      onClick={onClick}
      className={`inline-grid size-6 shrink-0 place-items-center rounded-[0.35rem] text-faint transition-colors hover:bg-hover hover:text-ink disabled:opacity-35 aria-pressed:text-accent ${className}`}
    >
      <Icon name={icon} className="size-4" />
    </button>
  );
}

/** A label and its controls, with room for what belongs to the row at its end. */
export function Row({
  label,
  children,
  end,
}: {
  label: string;
  children: ReactNode;
  end?: ReactNode;
}) {
  return (
    <div className="grid min-h-7.5 grid-cols-[5.25rem_minmax(0,1fr)_auto] items-center gap-1.5">
      <span className="truncate text-xs text-soft" title={label}>
        {label}
      </span>
      <div className="flex min-w-0 items-center gap-1.5">{children}</div>
      {end ?? <span />}
    </div>
  );
}
