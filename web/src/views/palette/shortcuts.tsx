import { useState, type KeyboardEvent } from "react";
import {
  COMMANDS,
  commandFor,
  keysOf,
  resetKey,
  setKey,
  type Command,
  type Group,
} from "@/actions/commands";
import { Button } from "@/parts/button";
import { SmallButton } from "@/parts/controls";
import { Dialog } from "@/parts/dialog";
import { Keys } from "@/parts/keys";
import { change } from "@/state/session";
import { keyName, keySigns, setOwnKeys, useShortcuts } from "@/state/shortcuts";
import { strings } from "@/strings";

const words = strings.palette;
const GROUPS = Object.keys(words.groups) as Group[];

function Line({ command }: { command: Command }) {
  const own = useShortcuts((state) => state.own[command.id]);
  const [isAsking, setAsking] = useState(false);
  const keys = keysOf(command);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isAsking) return;
    event.preventDefault();
    event.stopPropagation();
    const name = keyName(event);
    if (name === null) return;
    setAsking(false);
    if (name !== "escape") setKey(command, name);
  };
  return (
    <li className="flex min-h-8 items-center gap-2">
      <span className="min-w-0 flex-1 text-soft">{command.label}</span>
      {own && (
        <SmallButton
          icon="reset"
          label={strings.inspector.reset(command.label)}
          onClick={() => resetKey(command)}
        />
      )}
      <button
        type="button"
        aria-label={`${words.change(command.label)}: ${keys.map((key) => keySigns(key).join(" ")).join(", ") || words.none}`}
        className="flex min-h-7 items-center gap-2 rounded-[0.4rem] px-1.5 hover:bg-hover"
        onClick={() => setAsking(true)}
        onBlur={() => setAsking(false)}
        onKeyDown={onKeyDown}
      >
        {isAsking ? (
          <span className="text-xs text-accent">{words.press}</span>
        ) : keys.length === 0 ? (
          <span className="text-xs text-faint">{words.none}</span>
        ) : (
          keys
            .slice(0, 2)
            .map((key) => <Keys key={key} signs={keySigns(key)} />)
        )}
      </button>
    </li>
  );
}

/** What the keys do, and which they are. */
export function Shortcuts() {
  const own = useShortcuts((state) => state.own);
  const [text, setText] = useState("");
  const wanted = text.toLowerCase();
  const isWanted = (command: Command) =>
    command.label.toLowerCase().includes(wanted) ||
    commandFor(wanted)?.id === command.id;
  return (
    <Dialog
      title={strings.shortcuts.heading}
      closeLabel={strings.shortcuts.close}
      onClose={() => change({ dialog: null })}
      className="max-w-3xl"
    >
      <div className="flex items-center gap-2 px-5 pb-3">
        <input
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="h-9 min-w-0 flex-1 rounded-control bg-sunken px-3 shadow-[inset_0_0_0_1px_var(--color-line)] placeholder:text-faint"
        />
        <Button
          look="quiet"
          disabled={Object.keys(own).length === 0}
          onClick={() => setOwnKeys({})}
        >
          {words.resetAll}
        </Button>
      </div>
      <div className="columns-1 gap-8 overflow-y-auto px-5 pb-5 sm:columns-2">
        {GROUPS.map((group) => {
          const lines = COMMANDS.filter(
            (command) => command.group === group && isWanted(command),
          );
          if (lines.length === 0) return null;
          return (
            <section key={group} className="mb-4">
              <h3 className="pb-1 text-xs font-semibold text-faint">
                {words.groups[group]}
              </h3>
              <ul>
                {lines.map((command) => (
                  <Line key={command.id} command={command} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
