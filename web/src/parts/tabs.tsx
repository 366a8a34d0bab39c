import { Tabs as Base } from "radix-ui";
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/parts/icon";

export interface Tab<T extends string> {
  id: T;
  label: string;
  icon?: IconName;
  content: ReactNode;
}

/** One panel of several; the others are not there. */
export function Tabs<T extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  end,
  className = "",
}: {
  label: string;
  tabs: readonly Tab<T>[];
  chosen: T;
  onChoose: (id: T) => void;
  /** What stands at the end of the row. */
  end?: ReactNode;
  className?: string;
}) {
  const isThere = tabs.some(({ id }) => id === chosen);
  return (
    <Base.Root
      value={isThere ? chosen : (tabs[0]?.id ?? "")}
      onValueChange={(id) => onChoose(id as T)}
      className={`flex min-h-0 flex-col ${className}`}
    >
      <div className="flex h-10 shrink-0 items-center gap-1 px-1.5">
        <Base.List
          aria-label={label}
          className="flex min-w-0 flex-1 gap-0.5 overflow-x-auto [scrollbar-width:none]"
        >
          {tabs.map((tab) => (
            <Base.Trigger
              key={tab.id}
              value={tab.id}
              className="inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-control px-2.5 text-[0.8125rem] font-medium text-faint transition-colors -outline-offset-2 hover:text-ink data-[state=active]:bg-hover data-[state=active]:text-ink"
            >
              {tab.icon && <Icon name={tab.icon} className="size-4" />}
              {tab.label}
            </Base.Trigger>
          ))}
        </Base.List>
        {end}
      </div>
      {tabs.map((tab) => (
        <Base.Content
          key={tab.id}
          value={tab.id}
          tabIndex={-1}
          className="flex min-h-0 flex-1 flex-col outline-none data-[state=inactive]:hidden"
        >
          {tab.content}
        </Base.Content>
      ))}
    </Base.Root>
  );
}
