import { useRef, useState } from "react";
import { approve } from "@/actions/studio/change_film";
import {
  addScene,
  orderScenes,
  restoreScene,
} from "@/actions/studio/change_scene";
import { Button } from "@/parts/button";
import { Elapsed } from "@/parts/elapsed";
import { Icon } from "@/parts/icon";
import { useKeptFocus } from "@/parts/kept_focus";
import { Skeleton } from "@/parts/skeleton";
import type { FilmState } from "@/server/types";
import { scenesInOrder } from "@/state/studio";
import { strings } from "@/strings";
import { Arrivals } from "./arrivals";
import { Money } from "./money";
import { SceneCard } from "./scene_card";

const words = strings.storyboard;

/** [numbers] with the one at [from] put to [to]. */
function moved(numbers: readonly number[], from: number, to: number) {
  const others = numbers.filter((_, place) => place !== from);
  return [
    ...others.slice(0, to),
    ...numbers.slice(from, from + 1),
    ...others.slice(to),
  ];
}

function Removed({ film }: { film: FilmState }) {
  const removed = Object.values(film.removed ?? {});
  if (removed.length === 0) return null;
  return (
    <section className="rounded-panel bg-surface p-4 shadow-panel">
      <h2 className="mb-2 font-semibold">{words.removed}</h2>
      <ul className="flex flex-col gap-1">
        {removed.map(({ number, heading, narration }) => (
          <li key={number} className="flex items-center gap-3">
            <span className="min-w-0 flex-1 truncate text-soft">
              {heading || narration}
            </span>
            <Button
              look="quiet"
              icon="undo"
              onClick={() => void restoreScene(film.id, number)}
            >
              {words.restore}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Held({ film }: { film: FilmState }) {
  if (!film.isHeld) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-panel bg-accent-wash px-4 py-3">
      <p>{strings.studio.held}</p>
      <Button look="primary" icon="done" onClick={() => void approve(film.id)}>
        {words.approveAll}
      </Button>
    </div>
  );
}

/** Where scenes will be, while they are written. */
function Empty({ film }: { film: FilmState }) {
  return (
    <div className="flex w-full flex-col gap-4">
      <Elapsed
        reason={film.status === "working" ? words.writing : words.empty}
        since={film.changed}
        seconds={strings.busy.seconds}
      />
      {[1, 2].map((place) => (
        <div
          key={place}
          className="flex flex-col gap-4 rounded-panel bg-surface p-5 shadow-panel"
        >
          <Skeleton className="h-7 w-48" />
          <div className="grid gap-6 sm:grid-cols-2">
            <Skeleton className="aspect-video" />
            <div className="flex flex-col gap-3 pt-2">
              <Skeleton className="h-5 w-full" />
              <Skeleton className="h-5 w-4/5" />
              <Skeleton className="mt-4 h-4 w-2/3" />
            </div>
          </div>
        </div>
      ))}
    </div>
  );
}

/** The scenes in order, each with its words and its picture. */
export function Storyboard({ film }: { film: FilmState }) {
  const scenes = scenesInOrder(film);
  const numbers = scenes.map(({ number }) => number);
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [moving, setMoving] = useState("");
  useKeptFocus(list, numbers.join());
  const move = async (from: number, to: number) => {
    if (from === to || to < 0 || to >= numbers.length) return;
    if (await orderScenes(film.id, moved(numbers, from, to)))
      setMoving(words.moved(to + 1));
  };
  if (scenes.length === 0) return <Empty film={film} />;
  return (
    <div className="grid w-full items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Held film={film} />
        <ol
          ref={list}
          aria-label={words.heading}
          className="grid grid-cols-1 items-start gap-4 min-[2400px]:grid-cols-2"
        >
          {scenes.map((scene, place) => (
            <SceneCard
              key={scene.number}
              film={film}
              scene={scene}
              isFirst={place === 0}
              isLast={place === scenes.length - 1}
              onMove={(by) => void move(place, place + by)}
              onDrag={() => setDragged(place)}
              onDrop={() => {
                if (dragged !== null) void move(dragged, place);
                setDragged(null);
              }}
            />
          ))}
        </ol>
        <button
          type="button"
          onClick={() =>
            void addScene(film.id, { narration: words.newNarration })
          }
          className="flex h-14 items-center justify-center gap-2 rounded-panel border-2 border-dashed border-line font-medium text-soft transition-colors hover:border-edge hover:bg-hover hover:text-ink"
        >
          <Icon name="plus" />
          {words.add}
        </button>
        <Removed film={film} />
      </div>
      <Money film={film} />
      <Arrivals scenes={scenes} />
      <p role="status" className="sr-only">
        {moving}
      </p>
    </div>
  );
}
