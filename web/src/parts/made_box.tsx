import type { ReactNode } from "react";
import { Icon } from "@/parts/icon";

/** The place of something that is made: its room is there before it is, so that nothing moves. */
export function MadeBox({
  aspect,
  state,
  label,
  failure,
  children,
}: {
  /** Width by height. */
  aspect: number;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  label: string;
  failure?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div
      className={`relative overflow-hidden rounded-control bg-sunken ${state === "running" && !children ? "shimmer" : ""}`}
      style={{ aspectRatio: aspect }}
      data-state={state}
      aria-busy={state === "running"}
    >
      {children}
      {state === "running" && (
        <span className="absolute inset-x-0 bottom-0 h-1 overflow-hidden bg-hover">
          <span className="wander block h-full w-1/3 rounded-full bg-accent" />
        </span>
      )}
      {state !== "done" && !(state === "running" && children) && (
        <div className="absolute inset-0 grid place-items-center-safe overflow-y-auto p-3 text-center text-xs text-faint">
          {state === "failed" ? (
            <div className="flex max-w-80 flex-col items-center gap-2 text-bad">
              <Icon name="warn" className="size-5" />
              {failure ?? label}
            </div>
          ) : (
            <span>{label}</span>
          )}
        </div>
      )}
    </div>
  );
}
