import { useEffect, useId, useRef, type ReactNode } from "react";
import { IconButton } from "@/parts/button";

/** A window in front of the page. It keeps the focus, closes by Escape or beside it, and gives the focus back. */
export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
  className = "",
}: {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  className?: string;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
      className={`appear m-auto max-h-[min(100dvh-1rem,56rem)] w-[calc(100%-1rem)] flex-col overflow-hidden rounded-panel bg-surface text-ink shadow-dialog backdrop:bg-scrim backdrop:backdrop-blur-[2px] open:flex ${className}`}
    >
      <header className="flex items-center justify-between gap-3 py-2.5 pe-2.5 ps-5">
        <h2 id={heading} className="text-base font-semibold">
          {title}
        </h2>
        <IconButton
          icon="close"
          label={closeLabel}
          onClick={() => dialog.current?.close()}
        />
      </header>
      {children}
    </dialog>
  );
}
