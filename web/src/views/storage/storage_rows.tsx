import { useState, type ReactNode } from "react";
import { Button } from "@/parts/button";
import { bytesName } from "@/state/time";
import { strings } from "@/strings";

const words = strings.storage;

/** A heading with what belongs to it; nothing without rows. */
export function Rows({
  heading,
  why,
  children,
}: {
  heading: string;
  why?: string;
  children: ReactNode[];
}) {
  if (children.length === 0) return null;
  return (
    <section aria-label={heading} className="flex flex-col gap-1.5">
      <h3 className="text-[0.8125rem] font-semibold">{heading}</h3>
      {why && <p className="text-xs text-soft">{why}</p>}
      <ul className="flex flex-col divide-y divide-line">{children}</ul>
    </section>
  );
}

/** Something that takes room, and what can be done about it. */
export function Row({
  title,
  note,
  bytes,
  children,
}: {
  title: string;
  note?: string;
  bytes: number;
  children?: ReactNode;
}) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="flex min-w-0 flex-1 basis-40 flex-col">
        <span className="line-clamp-2 break-words">{title}</span>
        {note && <span className="text-xs text-faint">{note}</span>}
      </span>
      <span className="text-soft tabular-nums">{bytesName(bytes)}</span>
      <span className="ms-auto -me-2 flex flex-wrap items-center justify-end gap-1 empty:hidden">
        {children}
      </span>
    </li>
  );
}

/** A deed without a way back: asks once, where it and [others] stand. */
export function Sure({
  deed,
  title,
  onSure,
  others,
}: {
  deed: string;
  title: string;
  onSure: () => void;
  others?: ReactNode;
}) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking)
    return (
      <>
        {others}
        <Button
          look="quiet"
          aria-label={words.of(deed, title)}
          onClick={() => setAsking(true)}
        >
          {deed}
        </Button>
      </>
    );
  return (
    <span
      role="group"
      aria-label={words.of(deed, title)}
      className="flex flex-wrap items-center justify-end gap-2 pe-2"
    >
      <span className="text-xs text-soft">{words.sure}</span>
      <Button autoFocus onClick={() => setAsking(false)}>
        {words.keep}
      </Button>
      <Button look="danger" onClick={onSure}>
        {deed}
      </Button>
    </span>
  );
}
