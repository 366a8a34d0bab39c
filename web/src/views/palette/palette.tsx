import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { COMMANDS, keysOf, type Command } from "@/actions/commands";
import { Dialog } from "@/parts/dialog";
import { Keys } from "@/parts/keys";
import { change } from "@/state/session";
import { keySigns } from "@/state/shortcuts";
import { strings } from "@/strings";

const words = strings.palette;

/** How well a command fits what was typed: every word begins one of its words, or is in it; 0 does not. */
function fitness({ label, group }: Command, wanted: readonly string[]): number {
  const name = label.toLowerCase();
  const all = `${name} ${words.groups[group].toLowerCase()}`;
  let score = 1;
  for (const word of wanted) {
    if (!all.includes(word)) return 0;
    if (name.startsWith(word)) score += 4;
    else if (` ${name} `.includes(` ${word} `)) score += 3;
    else if (` ${name}`.includes(` ${word}`)) score += 2;
  }
  // Typed as it is called, it comes first.
  return name.includes(wanted.join(" ")) ? score * 2 : score;
}

function found(text: string): Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const others = COMMANDS.filter(({ id }) => id !== "palette");
  if (wanted.length === 0) return others;
  return others
    .map((command) => ({ command, score: fitness(command, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ command }) => command);
}

/** All commands, by what they are called. */
export function Palette() {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // Behind the dialog's own choice, which is its first button.
  useEffect(() => input.current?.focus(), []);
  const id = useId();
  const commands = found(text);
  const chosen = Math.min(at, commands.length - 1);
  const close = () => change({ dialog: null });
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    command.run();
  };
  const goTo = (place: number) => {
    const next = (place + commands.length) % Math.max(1, commands.length);
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") goTo(chosen + 1);
    else if (event.key === "ArrowUp") goTo(chosen - 1);
    else if (event.key === "Enter") run(commands[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      title={words.label}
      closeLabel={strings.shortcuts.close}
      onClose={close}
      className="mt-[12vh]! max-w-xl"
    >
      <div className="px-3 pb-2">
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={commands[chosen] && `${id}${chosen}`}
          aria-label={words.search}
          placeholder={words.search}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-10 w-full rounded-control bg-sunken px-3 text-base shadow-[inset_0_0_0_1px_var(--color-line)] outline-none placeholder:text-faint focus:shadow-[inset_0_0_0_1.5px_var(--color-accent)]"
        />
      </div>
      {commands.length === 0 && (
        <p className="px-5 pt-2 pb-5 text-faint">{words.nothing(text)}</p>
      )}
      <ul
        ref={list}
        id={id}
        role="listbox"
        aria-label={words.label}
        tabIndex={-1}
        className="max-h-[50vh] overflow-y-auto px-3 pb-3"
      >
        {commands.map((command, place) => (
          <li
            key={command.id}
            id={`${id}${place}`}
            role="option"
            aria-selected={place === chosen}
            className="flex h-9 cursor-default items-center gap-3 rounded-[0.4rem] px-2.5 aria-selected:bg-hover"
            onPointerMove={() => setAt(place)}
            onClick={() => run(command)}
          >
            <span className="flex-1 truncate">{command.label}</span>
            <span className="text-xs text-faint">
              {words.groups[command.group]}
            </span>
            <Keys signs={keySigns(keysOf(command)[0] ?? "")} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
