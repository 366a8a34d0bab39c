import { useState, type ReactNode } from "react";
import {
  duplicateFilm,
  removeFilm,
  renameFilm,
  restoreFilm,
} from "@/actions/studio/shelf";
import { Button } from "@/parts/button";
import { TextInput } from "@/parts/field";
import { Progress } from "@/parts/progress";
import type { FilmCard } from "@/server/types";
import {
  duplicateProject,
  removeProject,
  renameProject,
  restoreProject,
} from "@/state/library";
import { useProjects, type KeptProject } from "@/state/projects";
import { filmHash, projectHash } from "@/state/route";
import { mediaAddress, useStudio } from "@/state/studio";
import { strings } from "@/strings";
import { Card } from "./card";

const words = strings.home;
const { status } = strings.studio;

interface Removed {
  title: string;
  undo: () => void;
}

const day = (time: number) =>
  new Date(time).toLocaleDateString("en", { dateStyle: "medium" });

function FilmsCard({
  card,
  onRemoved,
}: {
  card: FilmCard;
  onRemoved: (removed: Removed) => void;
}) {
  const { id, title, poster, seconds, percent, changed } = card;
  const remove = async () => {
    if (await removeFilm(id))
      onRemoved({ title, undo: () => void restoreFilm(id) });
  };
  return (
    <Card
      href={filmHash(id)}
      title={title}
      poster={poster ? mediaAddress(poster) : ""}
      note={
        card.status === "done"
          ? `${words.seconds(seconds)} · ${day(changed)}`
          : status[card.status]
      }
      badge={
        card.status === "working" && (
          <span className="absolute inset-x-2 bottom-2">
            <Progress value={percent / 100} label={status.working} />
          </span>
        )
      }
      deeds={{
        onRename: (text) => void renameFilm(id, text),
        onDuplicate: () => void duplicateFilm(id),
        onRemove: () => void remove(),
      }}
    />
  );
}

function ProjectsCard({
  project,
  onChanged,
  onRemoved,
}: {
  project: KeptProject;
  onChanged: () => void;
  onRemoved: (removed: Removed) => void;
}) {
  const { id, title, poster, changed } = project;
  const remove = async () => {
    await removeProject(id);
    onChanged();
    onRemoved({
      title,
      undo: () => void restoreProject(id).then(onChanged),
    });
  };
  return (
    <Card
      href={projectHash(id)}
      title={title}
      poster={poster}
      note={`${project.width}×${project.height} · ${day(changed)}`}
      deeds={{
        onRename: (text) => void renameProject(id, text).then(onChanged),
        onDuplicate: () =>
          void duplicateProject(id, words.copyOf(title)).then(onChanged),
        onRemove: () => void remove(),
      }}
    />
  );
}

const has = (title: string, search: string) =>
  title.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());

function Shelf({
  heading,
  children,
}: {
  heading: string;
  children: ReactNode[];
}) {
  if (children.length === 0) return null;
  return (
    <section aria-label={heading} className="flex flex-col gap-3">
      <h2 className="font-semibold">{heading}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-4">
        {children}
      </ul>
    </section>
  );
}

/** Says what was deleted, with the way back. */
function Undo({ removed, onDone }: { removed: Removed; onDone: () => void }) {
  return (
    <div
      role="status"
      className="appear fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-3 rounded-panel bg-raised py-2 pr-2 pl-4 shadow-dialog"
    >
      {words.removed(removed.title || words.untitled)}
      <Button
        look="quiet"
        icon="undo"
        onClick={() => {
          removed.undo();
          onDone();
        }}
      >
        {words.undo}
      </Button>
    </div>
  );
}

/** All films: those of the server, and the projects of this browser. */
export function Films() {
  const cards = useStudio((studio) => studio.cards) ?? [];
  const [projects, readAgain] = useProjects();
  const [search, setSearch] = useState("");
  const [removed, setRemoved] = useState<Removed | null>(null);
  const kept = projects ?? [];
  const films = cards.filter(({ title }) => has(title, search));
  const own = kept.filter(({ title }) => has(title, search));
  const total = cards.length + kept.length;
  return (
    <div className="flex w-full max-w-6xl flex-col gap-6">
      {total > 4 && (
        <TextInput
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          className="max-w-xs self-end"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <Shelf heading={words.films}>
        {films.map((card) => (
          <FilmsCard key={card.id} card={card} onRemoved={setRemoved} />
        ))}
      </Shelf>
      <Shelf heading={words.projects}>
        {own.map((project) => (
          <ProjectsCard
            key={project.id}
            project={project}
            onChanged={readAgain}
            onRemoved={setRemoved}
          />
        ))}
      </Shelf>
      {total > 0 && films.length + own.length === 0 && (
        <p className="text-center text-soft">{words.none}</p>
      )}
      {removed && <Undo removed={removed} onDone={() => setRemoved(null)} />}
    </div>
  );
}
