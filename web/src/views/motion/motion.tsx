import { Elapsed } from "@/parts/elapsed";
import { Skeleton } from "@/parts/skeleton";
import type { FilmState } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { scenesInOrder } from "@/state/studio";
import { strings } from "@/strings";
import { ClipCard } from "./clip_card";

const words = strings.motion;

/** Where the clips will be, while there are no pictures. */
function Empty({ film }: { film: FilmState }) {
  return (
    <div className="flex w-full flex-col gap-4">
      <Elapsed
        reason={words.empty}
        since={film.changed}
        seconds={strings.busy.seconds}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        {[1, 2, 3, 4].map((place) => (
          <div
            key={place}
            className="flex flex-col gap-4 rounded-panel bg-surface p-5 shadow-panel"
          >
            <Skeleton className="h-5 w-40" />
            <div className="grid grid-cols-2 gap-2">
              <Skeleton className="aspect-video" />
              <Skeleton className="aspect-video" />
            </div>
            <Skeleton className="h-9" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Every still beside the clip that it became. */
export function Motion({ film }: { film: FilmState }) {
  const scenes = scenesInOrder(film);
  if (scenes.length === 0) return <Empty film={film} />;
  const isTall = aspectOf(film) < 1;
  return (
    <ol
      aria-label={words.heading}
      className={`grid w-full gap-4 ${isTall ? "sm:grid-cols-2 xl:grid-cols-3" : "lg:grid-cols-2 min-[2400px]:grid-cols-3"}`}
    >
      {scenes.map((scene) => (
        <ClipCard key={scene.number} film={film} scene={scene} />
      ))}
    </ol>
  );
}
