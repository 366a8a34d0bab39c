import type { ReactNode } from "react";
import { Icon } from "@/parts/icon";
import type { Failure } from "@/state/session";
import { strings } from "@/strings";

/** What failed, why, and what can be done. */
export function Failed({
  heading,
  failure,
  children,
}: {
  heading: string;
  failure: Failure;
  children?: ReactNode;
}) {
  return (
    <section
      role="alert"
      className="appear flex w-full max-w-md flex-col items-center gap-4 text-center"
    >
      <span className="grid size-12 place-items-center rounded-full bg-bad-wash text-bad">
        <Icon name="warn" className="size-6" />
      </span>
      <div className="flex flex-col gap-1.5">
        <h1 className="text-lg font-semibold">{heading}</h1>
        <p className="text-soft text-pretty">{failure.message}</p>
        {failure.place && (
          <p className="font-mono text-xs break-all text-faint">
            {strings.failed.at(failure.place)}
          </p>
        )}
      </div>
      {children && (
        <div className="flex flex-wrap justify-center gap-3">{children}</div>
      )}
    </section>
  );
}
