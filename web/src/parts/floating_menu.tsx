import {
  useEffect,
  useId,
  useRef,
  type KeyboardEvent,
  type ReactNode,
} from "react";

/** One line of a menu. */
export interface MenuItem {
  label: string;
  /** Its key, on the right. */
  hint?: string | undefined;
  isOff?: boolean;
  isChosen?: boolean;
  onChoose: () => void;
}

/** Items between two lines. */
export type MenuGroup = readonly MenuItem[];

/** Where a menu opens. */
export interface MenuPlace {
  x: number;
  y: number;
}

const EDGE = 8;

/** Moves the focus along the items of a menu. */
function along(event: KeyboardEvent<HTMLElement>) {
  const items = [
    ...event.currentTarget.querySelectorAll<HTMLElement>(
      "[role^=menuitem]:not(:disabled)",
    ),
  ];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const place = next[event.key];
  event.stopPropagation();
  if (place === undefined) return;
  event.preventDefault();
  items[place]?.focus();
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  return (
    <button
      type="button"
      role={item.isChosen === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={item.isChosen}
      disabled={item.isOff}
      className="flex h-8 w-full items-center gap-6 rounded-md px-2.5 text-start whitespace-nowrap hover:bg-hover focus-visible:bg-hover focus-visible:outline-none disabled:text-faint aria-checked:text-accent"
      onClick={() => {
        onDone();
        item.onChoose();
      }}
    >
      <span className="flex-1">{item.label}</span>
      {item.hint && (
        <kbd className="font-sans text-xs text-faint">{item.hint}</kbd>
      )}
    </button>
  );
}

/** A menu at a place of the page; it takes the focus, and gives it back when it closes. */
export function Menu({
  label,
  place,
  groups,
  onClose,
  children,
}: {
  label: string;
  place: MenuPlace;
  groups: readonly MenuGroup[];
  onClose: () => void;
  children?: ReactNode;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = menu.current;
    const before = document.activeElement;
    if (!element) return undefined;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const x = Math.min(place.x, innerWidth - width - EDGE);
    const y =
      place.y + height > innerHeight - EDGE ? place.y - height : place.y;
    element.style.left = `${Math.max(EDGE, x)}px`;
    element.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`;
    element
      .querySelector<HTMLElement>("[role^=menuitem]:not(:disabled)")
      ?.focus();
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === "closed") close.current();
    };
    element.addEventListener("toggle", onToggle);
    return () => {
      element.removeEventListener("toggle", onToggle);
      // What was chosen may have taken the focus already.
      const isFree = document.activeElement === document.body;
      if (isFree && before instanceof HTMLElement)
        before.focus({ preventScroll: true });
    };
  }, [place]);
  return (
    <div
      ref={menu}
      id={id}
      popover="auto"
      role="menu"
      aria-label={label}
      className="appear fixed inset-auto m-0 max-h-[calc(100dvh-1rem)] min-w-48 overflow-y-auto rounded-panel bg-raised p-1.5 text-ink shadow-dialog"
      onKeyDown={along}
      onContextMenu={(event) => event.preventDefault()}
    >
      {groups
        .filter((group) => group.length > 0)
        .map((group, at) => (
          <div
            key={at}
            role="group"
            className="not-first:mt-1.5 not-first:border-t not-first:border-line not-first:pt-1.5"
          >
            {group.map((item) => (
              <Item key={item.label} item={item} onDone={onClose} />
            ))}
          </div>
        ))}
      {children}
    </div>
  );
}
