import { Dialog } from "@/parts/dialog";
import { change } from "@/state/session";
import { strings } from "@/strings";

/** What the keys do. */
export function Shortcuts() {
  return (
    <Dialog
      title={strings.shortcuts.heading}
      closeLabel={strings.shortcuts.close}
      onClose={() => change({ dialog: null })}
      className="max-w-md"
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2.5 overflow-y-auto px-5 pb-5">
        {strings.shortcuts.rows.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              {keys.split("  ").map((key) => (
                <kbd
                  key={key}
                  className="mr-1 inline-block min-w-6 rounded-md bg-sunken px-1.5 py-0.5 text-center font-sans text-xs shadow-[inset_0_0_0_1px_var(--color-line)]"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-soft">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
