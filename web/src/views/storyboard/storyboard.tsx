import { useState } from "react";
import { approve } from "@/actions/studio/change_film";
import {
  addScene,
  orderScenes,
  restoreScene,
} from "@/actions/studio/change_scene";
import { Button } from "@/parts/button";
import { Waiting } from "@/parts/waiting";
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

/** The scenes in order, each with its words and its picture. */
export function Storyboard({ film }: { film: FilmState }) {
  const scenes = scenesInOrder(film);
  const numbers = scenes.map(({ number }) => number);
  const [dragged, setDragged] = useState<number | null>(null);
  const move = (from: number, to: number) => {
    if (from === to || to < 0 || to >= numbers.length) return;
    void orderScenes(film.id, moved(numbers, from, to));
  };
  if (scenes.length === 0)
    return (
      <div className="grid w-full place-items-center py-16">
        <Waiting
          reason={film.status === "working" ? words.writing : words.empty}
          since={film.changed}
          seconds={strings.busy.seconds}
        />
      </div>
    );
  return (
    <div className="grid w-full items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Held film={film} />
        <ol aria-label={words.heading} className="flex flex-col gap-4">
          {scenes.map((scene, place) => (
            <SceneCard
              key={scene.number}
              film={film}
              scene={scene}
              isFirst={place === 0}
              isLast={place === scenes.length - 1}
              onMove={(by) => move(place, place + by)}
              onDrag={() => setDragged(place)}
              onDrop={() => {
                if (dragged !== null) move(dragged, place);
                setDragged(null);
              }}
            />
          ))}
        </ol>
        <Button
          icon="plus"
          className="self-start"
          onClick={() =>
            void addScene(film.id, { narration: words.newNarration })
          }
        >
          {words.add}
        </Button>
        <Removed film={film} />
      </div>
      <Money film={film} />
      <Arrivals scenes={scenes} />
    </div>
  );
}
