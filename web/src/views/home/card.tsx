import { useState, type ReactNode } from "react";
import { Button, IconButton } from "@/parts/button";
import { TextInput } from "@/parts/field";
import { Icon } from "@/parts/icon";
import { Menu } from "@/parts/menu";
import { strings } from "@/strings";

const words = strings.home;

export interface CardDeeds {
  onRename: (title: string) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

function Rename({
  title,
  onDone,
}: {
  title: string;
  onDone: (title: string | null) => void;
}) {
  const [text, setText] = useState(title);
  return (
    <form
      className="flex gap-1.5 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim() || null);
      }}
      onKeyDown={(event) => event.key === "Escape" && onDone(null)}
    >
      <TextInput
        autoFocus
        aria-label={words.newTitle}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="primary">
        {words.save}
      </Button>
    </form>
  );
}

/** A film in a list of films. */
export function Card({
  href,
  title,
  poster,
  note,
  badge,
  deeds,
}: {
  href: string;
  title: string;
  /** An address; "" where there is none yet. */
  poster: string;
  note: ReactNode;
  badge?: ReactNode;
  deeds: CardDeeds;
}) {
  const [isNaming, setNaming] = useState(false);
  const name = title || words.untitled;
  return (
    <li className="group relative flex flex-col overflow-hidden rounded-panel bg-surface shadow-panel transition-shadow focus-within:shadow-dialog hover:shadow-dialog">
      <a
        href={href}
        aria-label={words.open(name)}
        className="relative block aspect-video overflow-hidden bg-sunken after:absolute after:inset-0 focus-visible:outline-offset-[-2px]"
      >
        {poster ? (
          <img
            src={poster}
            alt=""
            loading="lazy"
            className="size-full object-cover transition-transform duration-300 group-hover:scale-103"
          />
        ) : (
          <span className="grid size-full place-items-center bg-linear-to-br from-accent-wash to-sunken text-faint">
            <Icon name="film" className="size-9 opacity-60" />
          </span>
        )}
        {badge}
      </a>
      {isNaming ? (
        <Rename
          title={title}
          onDone={(text) => {
            setNaming(false);
            if (text !== null && text !== title) deeds.onRename(text);
          }}
        />
      ) : (
        <div className="flex items-start gap-1 p-3 pe-1.5">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{name}</p>
            <p className="truncate text-xs text-faint">{note}</p>
          </div>
          <Menu
            trigger={
              <IconButton
                icon="more"
                label={words.more(name)}
                className="relative"
              />
            }
            items={[
              {
                label: words.rename,
                icon: "words",
                onSelect: () => setNaming(true),
              },
              {
                label: words.duplicate,
                icon: "plus",
                onSelect: deeds.onDuplicate,
              },
              null,
              { label: words.remove, icon: "bin", onSelect: deeds.onRemove },
            ]}
          />
        </div>
      )}
    </li>
  );
}
