import { useCallback, useEffect, useState, type ReactNode } from "react";
import type { Outcome } from "@/actions/studio/share";
import { Button } from "@/parts/button";
import { Skeleton } from "@/parts/skeleton";
import type { Failure } from "@/state/session";
import { locale, strings } from "@/strings";

const words = strings.account;

/** Does [deed], says [done], and asks for the list anew. */
export type Do = (
  deed: () => Promise<Outcome<unknown>>,
  done: string,
) => Promise<boolean>;

export interface Listed<T> {
  lines: readonly T[] | null;
  failure: Failure | null;
  done: string;
  act: Do;
  read: () => Promise<void>;
}

/** What [asked] gives, kept as it is asked anew. */
export function useListed<T>(
  asked: () => Promise<Outcome<readonly T[]>>,
): Listed<T> {
  const [lines, setLines] = useState<readonly T[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState("");
  const read = useCallback(async () => {
    const came = await asked();
    if ("value" in came) setLines(came.value);
    else setFailure(came.failure);
  }, [asked]);
  useEffect(() => void read(), [read]);
  const act: Do = async (deed, said) => {
    setFailure(null);
    setDone("");
    const came = await deed();
    if ("failure" in came) setFailure(came.failure);
    else setDone(said);
    await read();
    return "value" in came;
  };
  const again = async () => {
    setFailure(null);
    await read();
  };
  return { lines, failure, done, act, read: again };
}

/** A list with what is said of it: while it is asked for, when that failed, and without a line. */
export function List<T>({
  label,
  listed,
  empty,
  children,
}: {
  label: string;
  listed: Listed<T>;
  empty?: string;
  children: (line: T) => ReactNode;
}) {
  const { lines, failure, done, read } = listed;
  return (
    <>
      {failure && (
        <div
          role="alert"
          className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-bad-wash p-3 text-bad"
        >
          <span className="min-w-0 flex-1 basis-48">{failure.message}</span>
          {!lines && <Button onClick={() => void read()}>{words.again}</Button>}
        </div>
      )}
      {!lines && !failure && (
        <div role="status" className="flex flex-col gap-3">
          <span className="sr-only">{words.loading}</span>
          <Skeleton className="h-11" />
          <Skeleton className="h-11" />
        </div>
      )}
      {lines?.length === 0 && <p className="text-faint">{empty}</p>}
      {lines && lines.length > 0 && (
        <ul aria-label={label} className="flex flex-col divide-y divide-line">
          {lines.map(children)}
        </ul>
      )}
      <p role="status" className="text-soft empty:hidden">
        {done}
      </p>
    </>
  );
}

/** Something of a list, with what can be done about it. */
export function Line({
  title,
  mark,
  note,
  children,
}: {
  title: string;
  mark?: string;
  note: string;
  children?: ReactNode;
}) {
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="min-w-0 flex-1 basis-48">
        <span className="break-words">{title}</span>
        {mark && <span className="text-faint"> ({mark})</span>}
        <span className="block text-xs text-faint">{note}</span>
      </span>
      {children}
    </li>
  );
}

/** A day, in the language of the page. */
export const dayName = (time: number) =>
  new Date(time).toLocaleDateString(locale, { dateStyle: "medium" });

const timeName = (time: number) =>
  new Date(time).toLocaleString(locale, {
    dateStyle: "medium",
    timeStyle: "short",
  });

/** Since when something is there, and when it was used last; earlier versions kept neither. */
export const noteOf = ({ created, seen }: { created: number; seen: number }) =>
  [
    ...(created > 0 ? [words.since(dayName(created))] : []),
    seen > 0 ? words.seen(timeName(seen)) : words.never,
  ].join(" · ");
