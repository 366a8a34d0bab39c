import { setSound } from "@/actions/studio/change_film";
import { Field, Select } from "@/parts/field";
import { Waiting } from "@/parts/waiting";
import type { FilmState } from "@/server/types";
import { scenesInOrder, useStudio } from "@/state/studio";
import { strings } from "@/strings";
import { Line } from "./line";
import { Music } from "./music";

const words = strings.sound;

function VoiceChoice({ film }: { film: FilmState }) {
  const server = useStudio((studio) => studio.server);
  const chosen = film.models?.["voice"];
  const makers = (server?.providers ?? []).filter(
    ({ kind }) => kind === "voice",
  );
  const maker =
    makers.find(({ id }) => id === chosen) ??
    makers.find(({ isDefault }) => isDefault);
  const voices = maker?.can?.voices ?? [];
  const voice = film.brief?.voice ?? "";
  return (
    <Field label={words.voice} className="max-w-64">
      <Select
        value={voice}
        onChange={(event) =>
          void setSound(film.id, { voice: event.target.value })
        }
      >
        {!voices.includes(voice) && (
          <option value={voice}>{voice || words.byItself}</option>
        )}
        {voices.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** Every line as it is spoken, and the music. */
export function Sound({ film }: { film: FilmState }) {
  const scenes = scenesInOrder(film);
  if (scenes.length === 0)
    return (
      <div className="grid w-full place-items-center py-16">
        <Waiting
          reason={words.empty}
          since={film.changed}
          seconds={strings.busy.seconds}
        />
      </div>
    );
  return (
    <div className="grid w-full items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <VoiceChoice film={film} />
        <ol aria-label={words.heading} className="flex flex-col gap-4">
          {scenes.map((scene) => (
            <Line key={scene.number} film={film} scene={scene} />
          ))}
        </ol>
      </div>
      <Music film={film} />
    </div>
  );
}
