import { ContextMenu as Context, DropdownMenu as Drop } from "radix-ui";
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/parts/icon";

/** A line of a menu; null is a line between them. */
export type MenuItem = {
  label: string;
  icon?: IconName;
  hint?: string;
  isDisabled?: boolean;
  onSelect: () => void;
} | null;

const BOX =
  "appear z-50 max-h-[min(26rem,var(--radix-popper-available-height))] min-w-44 overflow-y-auto rounded-[0.65rem] bg-raised p-1 text-[0.8125rem] shadow-dialog";
const LINE =
  "flex h-8 cursor-default items-center gap-2 rounded-[0.4rem] px-2 outline-none select-none data-[disabled]:text-faint data-[highlighted]:bg-hover";

function Content({ label, icon, hint }: NonNullable<MenuItem>) {
  return (
    <>
      {icon && <Icon name={icon} className="size-4 text-faint" />}
      <span className="flex-1 truncate">{label}</span>
      {hint && <span className="ps-4 text-xs text-faint">{hint}</span>}
    </>
  );
}

/** A menu that a button opens. */
export function Menu({
  trigger,
  items,
}: {
  trigger: ReactNode;
  items: readonly MenuItem[];
}) {
  return (
    <Drop.Root modal={false}>
      <Drop.Trigger asChild>{trigger}</Drop.Trigger>
      <Drop.Portal>
        <Drop.Content
          className={BOX}
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          {items.map((item, place) =>
            item ? (
              <Drop.Item
                key={item.label}
                className={LINE}
                disabled={item.isDisabled ?? false}
                onSelect={item.onSelect}
              >
                <Content {...item} />
              </Drop.Item>
            ) : (
              <Drop.Separator key={place} className="m-1 h-px bg-line" />
            ),
          )}
        </Drop.Content>
      </Drop.Portal>
    </Drop.Root>
  );
}

/** The menu of what it is around: by the other button, a long touch, or the menu key. */
export function ContextMenu({
  children,
  items,
}: {
  children: ReactNode;
  items: readonly MenuItem[];
}) {
  return (
    <Context.Root modal={false}>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content className={BOX} collisionPadding={8}>
          {items.map((item, place) =>
            item ? (
              <Context.Item
                key={item.label}
                className={LINE}
                disabled={item.isDisabled ?? false}
                onSelect={item.onSelect}
              >
                <Content {...item} />
              </Context.Item>
            ) : (
              <Context.Separator key={place} className="m-1 h-px bg-line" />
            ),
          )}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}
