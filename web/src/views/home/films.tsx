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
import { Skeleton } from "@/parts/skeleton";
import type { FilmCard, FilmStatus } from "@/server/types";
import {
  duplicateProject,
  removeProject,
  renameProject,
  restoreProject,
} from "@/state/library";
import { copyId } from "@/state/film_copy";
import { useProjects, type KeptProject } from "@/state/projects";
import { filmHash, projectHash } from "@/state/route";
import { mediaAddress, useStudio } from "@/state/studio";
import { locale, strings } from "@/strings";
import { Card } from "./card";
import { clock } from "@/state/time";

const words = strings.home;
const { status } = strings.studio;

interface Removed {
  title: string;
  undo: () => void;
}

const day = (time: number) =>
  new Date(time).toLocaleDateString(locale, { dateStyle: "medium" });

const DOTS: Record<FilmStatus, string> = {
  asking: "bg-accent",
  working: "bg-accent animate-pulse",
  waiting: "bg-warn",
  failed: "bg-bad",
  cancelled: "bg-faint",
  done: "",
};

/** How long a film is, or how it stands while it is not done. */
function Badge({ card }: { card: FilmCard }) {
  const box =
    "absolute flex items-center gap-1.5 rounded-full bg-raised px-2 py-0.5 text-xs text-ink tabular-nums shadow-panel";
  if (card.status === "done")
    return (
      <span className={`${box} end-2 bottom-2`}>{clock(card.seconds)}</span>
    );
  const isWorking = card.status === "working";
  return (
    <>
      <span className={`${box} start-2 top-2`}>
        <span className={`size-1.5 rounded-full ${DOTS[card.status]}`} />
        {status[card.status]}
        {isWorking && ` · ${strings.studio.percent(card.percent)}`}
      </span>
      {isWorking && (
        <span className="absolute inset-x-0 bottom-0">
          <Progress value={card.percent / 100} label={status.working} />
        </span>
      )}
    </>
  );
}

function FilmsCard({
  card,
  onRemoved,
}: {
  card: FilmCard;
  onRemoved: (removed: Removed) => void;
}) {
  const { id, title, poster, changed } = card;
  const remove = async () => {
    if (await removeFilm(id))
      onRemoved({ title, undo: () => void restoreFilm(id) });
  };
  return (
    <Card
      href={filmHash(id)}
      title={title}
      poster={poster ? mediaAddress(poster) : ""}
      note={day(changed)}
      badge={<Badge card={card} />}
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
      <h2 className="flex h-9 items-center text-lg font-semibold tracking-tight">
        {heading}
      </h2>
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
      className="appear fixed inset-x-4 bottom-4 z-20 mx-auto flex w-fit items-center gap-3 rounded-panel bg-raised py-2 ps-4 pe-2 shadow-dialog"
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

/** Where the films will be, while the server tells them. */
function Coming() {
  return (
    <section aria-label={words.films} className="flex flex-col gap-3">
      <p role="status" className="text-soft">
        {words.fetching}
      </p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-4">
        {[1, 2, 3, 4].map((place) => (
          <div
            key={place}
            className="overflow-hidden rounded-panel bg-surface shadow-panel"
          >
            <Skeleton className="aspect-video rounded-none!" />
            <div className="flex flex-col gap-2 p-3">
              <Skeleton className="h-4 w-3/5" />
              <Skeleton className="h-3 w-2/5" />
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

/** All films: those of the server, and the projects of this browser. */
export function Films() {
  const cards = useStudio((studio) => studio.cards);
  const isComing = useStudio(
    ({ server, connection }) =>
      !!server?.features.live && connection.kind !== "lost",
  );
  const [projects, readAgain] = useProjects();
  const [search, setSearch] = useState("");
  const [removed, setRemoved] = useState<Removed | null>(null);
  // What this browser keeps of the server's films is shown where the server does not.
  const listed = new Set((cards ?? []).map(({ id }) => copyId(id)));
  const kept = (projects ?? []).filter(({ id }) => !listed.has(id));
  const films = (cards ?? []).filter(({ title }) => has(title, search));
  const own = kept.filter(({ title }) => has(title, search));
  const total = (cards ?? []).length + kept.length;
  const isWaiting = isComing && cards === null;
  if (total === 0 && !isWaiting && !removed) return null;
  return (
    <div className="flex w-full max-w-6xl flex-col gap-6 sm:px-3 2xl:max-w-7xl min-[2400px]:max-w-[100rem]">
      {total > 4 && (
        <TextInput
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          className="-mb-15 max-w-60 self-end max-sm:mb-0 max-sm:max-w-none"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {isWaiting && <Coming />}
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
