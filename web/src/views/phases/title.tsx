import { useState } from "react";
import { patchFilm } from "@/actions/studio/change_film";
import { Button, IconButton } from "@/parts/button";
import { TextInput } from "@/parts/field";
import type { FilmState } from "@/server/types";
import { strings } from "@/strings";

const words = strings.studio;

function Rename({ film, onDone }: { film: FilmState; onDone: () => void }) {
  const [title, setTitle] = useState(film.title);
  return (
    <form
      className="flex w-full max-w-xl items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() !== film.title)
          void patchFilm(film.id, { title: title.trim() });
        onDone();
      }}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <TextInput
        autoFocus
        aria-label={words.newTitle}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button type="submit" look="primary">
        {words.keepTitle}
      </Button>
    </form>
  );
}

/** What the film is called, and the way to another title. */
export function Title({ film }: { film: FilmState }) {
  const [isNaming, setNaming] = useState(false);
  if (isNaming) return <Rename film={film} onDone={() => setNaming(false)} />;
  return (
    <div className="flex min-w-0 items-center gap-1">
      <h1 className="min-w-0 truncate text-xl font-semibold tracking-tight">
        {film.title || words.untitled}
      </h1>
      <IconButton
        icon="edit"
        label={words.rename}
        className="size-8! text-faint"
        onClick={() => setNaming(true)}
      />
    </div>
  );
}
