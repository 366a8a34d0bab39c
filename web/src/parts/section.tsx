import { useId, useState, type ReactNode } from "react";
import { Icon } from "@/parts/icon";

/** Which were closed, while the page is open. */
const closed = new Set<string>();

/** A heading that opens and closes what is under it. */
export function Section({
  title,
  children,
  end,
  isOpenFirst = true,
}: {
  title: string;
  children: ReactNode;
  end?: ReactNode;
  isOpenFirst?: boolean;
}) {
  const [isOpen, setOpen] = useState(() => isOpenFirst && !closed.has(title));
  const body = useId();
  const toggle = () => {
    if (isOpen) closed.add(title);
    else closed.delete(title);
    setOpen(!isOpen);
  };
  return (
    <section className="border-t border-line first:border-t-0">
      <div className="flex h-9 items-center pe-2">
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={body}
            onClick={toggle}
            className="flex h-9 w-full items-center gap-1.5 px-2.5 text-start text-[0.8125rem] font-semibold -outline-offset-2"
          >
            <Icon
              name="open"
              className={`size-3.5 text-faint transition-transform ${isOpen ? "rotate-90" : ""}`}
            />
            <span className="truncate">{title}</span>
          </button>
        </h3>
        {end}
      </div>
      {isOpen && (
        <div id={body} className="flex flex-col gap-1.5 px-3 pb-3.5">
          {children}
        </div>
      )}
    </section>
  );
}
