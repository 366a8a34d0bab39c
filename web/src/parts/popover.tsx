import { Popover as Base } from "radix-ui";
import type { ReactNode } from "react";

/** A small panel at a button, for what would be too much in a row. */
export function Popover({
  trigger,
  label,
  children,
  className = "w-64",
}: {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Base.Root>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          aria-label={label}
          sideOffset={6}
          collisionPadding={8}
          className={`appear z-50 rounded-[0.65rem] bg-raised p-3 shadow-dialog ${className}`}
        >
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
