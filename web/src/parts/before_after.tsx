import { useState } from "react";

/** Two pictures over each other, with a line between them that is dragged, or moved by arrow keys. */
export function BeforeAfter({
  before,
  after,
  label,
  beforeLabel,
  afterLabel,
}: {
  /** Addresses. */
  before: string;
  after: string;
  label: string;
  beforeLabel: string;
  afterLabel: string;
}) {
  const [at, setAt] = useState(50);
  const tag =
    "absolute bottom-2 rounded-full bg-stage/70 px-2 py-0.5 text-tiny text-on-stage";
  return (
    // What was before is on the left, whichever way the page is read.
    <div dir="ltr" className="group absolute inset-0">
      <img src={after} alt="" className="size-full object-cover" />
      <img
        src={before}
        alt=""
        className="absolute inset-0 size-full object-cover"
        style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }}
      />
      <span className={`${tag} left-2`}>{beforeLabel}</span>
      <span className={`${tag} right-2`}>{afterLabel}</span>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-on-stage shadow-dialog"
        style={{ left: `${at}%` }}
      >
        <span className="absolute top-1/2 left-1/2 grid size-8 -translate-1/2 place-items-center rounded-full bg-on-stage text-stage shadow-dialog group-has-[:focus-visible]:outline-2 group-has-[:focus-visible]:outline-offset-2 group-has-[:focus-visible]:outline-accent">
          <svg viewBox="0 0 24 24" className="size-5" fill="currentColor">
            <path d="M9 7v10l-5-5zM15 7v10l5-5z" />
          </svg>
        </span>
      </span>
      <input
        type="range"
        aria-label={label}
        min={0}
        max={100}
        value={at}
        className="absolute inset-0 m-0 size-full cursor-ew-resize opacity-0"
        onChange={(event) => setAt(Number(event.target.value))}
      />
    </div>
  );
}
