import type { KeyboardEvent, ReactNode } from "react";

/** Moves to another of the group by the arrow keys, and chooses it. */
function along(event: KeyboardEvent<HTMLElement>) {
  const isBack = event.key === "ArrowLeft" || event.key === "ArrowUp";
  if (!isBack && event.key !== "ArrowRight" && event.key !== "ArrowDown")
    return;
  const all = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("[role=radio]"),
  ];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  // Left and right are where they are seen.
  const isTurned =
    event.key.endsWith("t") &&
    getComputedStyle(event.currentTarget).direction === "rtl";
  const step = isBack === isTurned ? 1 : -1;
  const next = all[(at + step + all.length) % all.length];
  event.preventDefault();
  next?.focus();
  next?.click();
}

/** Several of which one is chosen: [Radio]s, of which the keyboard reaches the chosen one, or the first. */
export function RadioGroup({
  label,
  className = "",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={className}
      onKeyDown={along}
    >
      {children}
    </div>
  );
}

export function Radio({
  isChosen,
  isReached,
  onChoose,
  label,
  className = "",
  children,
}: {
  isChosen: boolean;
  /** By the Tab key: the chosen one, or the first where none is. */
  isReached: boolean;
  onChoose: () => void;
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      aria-label={label}
      tabIndex={isReached ? 0 : -1}
      onClick={onChoose}
      className={className}
    >
      {children}
    </button>
  );
}
