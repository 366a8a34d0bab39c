import { Waiting } from "@/parts/waiting";
import type { FilmState } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { scenesInOrder } from "@/state/studio";
import { strings } from "@/strings";
import { ClipCard } from "./clip_card";

const words = strings.motion;

/** Every still beside the clip that it became. */
export function Motion({ film }: { film: FilmState }) {
  const scenes = scenesInOrder(film);
  if (!scenes.some(({ picture }) => picture))
    return (
      <div className="grid w-full place-items-center py-16">
        <Waiting
          reason={words.empty}
          since={film.changed}
          seconds={strings.busy.seconds}
        />
      </div>
    );
  const isTall = aspectOf(film) < 1;
  return (
    <ol
      aria-label={words.heading}
      className={`grid w-full gap-4 ${isTall ? "sm:grid-cols-2" : "lg:grid-cols-2"}`}
    >
      {scenes.map((scene) => (
        <ClipCard key={scene.number} film={film} scene={scene} />
      ))}
    </ol>
  );
}
