import { Elapsed } from "@/parts/elapsed";
import { Skeleton } from "@/parts/skeleton";
import type { FilmState } from "@/server/types";
import { scenesInOrder } from "@/state/studio";
import { strings } from "@/strings";
import { Line } from "./line";
import { Music } from "./music";
import { VoiceChoice } from "./voice_choice";

const words = strings.sound;

/** Where the lines will be, while they are written. */
function Empty({ film }: { film: FilmState }) {
  return (
    <div className="flex w-full flex-col gap-4">
      <Elapsed
        reason={words.empty}
        since={film.changed}
        seconds={strings.busy.seconds}
      />
      {[1, 2, 3].map((place) => (
        <div
          key={place}
          className="flex gap-4 rounded-panel bg-surface p-5 shadow-panel"
        >
          <Skeleton className="hidden aspect-video w-36 shrink-0 self-start sm:block" />
          <div className="flex flex-1 flex-col gap-3">
            <Skeleton className="h-5 w-40" />
            <div className="flex items-center gap-3">
              <Skeleton className="size-10 rounded-full!" />
              <Skeleton className="h-9 flex-1" />
            </div>
            <Skeleton className="h-5 w-3/4" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Every line as it is spoken, and the music. */
export function Sound({ film }: { film: FilmState }) {
  const scenes = scenesInOrder(film);
  if (scenes.length === 0) return <Empty film={film} />;
  return (
    <div className="grid w-full items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <VoiceChoice film={film} />
        <ol
          aria-label={words.heading}
          className="grid grid-cols-1 items-start gap-4 min-[2400px]:grid-cols-2"
        >
          {scenes.map((scene) => (
            <Line key={scene.number} film={film} scene={scene} />
          ))}
        </ol>
      </div>
      <Music film={film} />
    </div>
  );
}
