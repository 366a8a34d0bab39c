import { useState } from "react";
import { retry } from "@/actions/studio/change_film";
import { chooseVariant, remakeVoice } from "@/actions/studio/change_scene";
import { Button } from "@/parts/button";
import { KeptText } from "@/parts/kept_text";
import { LinePlayer } from "@/parts/line_player";
import { Takes } from "@/parts/takes";
import { TextArea } from "@/parts/text_area";
import type { FilmState, Scene, Voice } from "@/server/types";
import { mediaAddress } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.sound;

/** The words as they are spoken, the one that is heard marked. */
function Words({ voice, at }: { voice: Voice; at: number }) {
  const total = voice.seconds ?? voice.words?.at(-1)?.end ?? 0;
  return (
    <div className="flex flex-col gap-1.5 pt-1.5">
      <div className="h-1 overflow-hidden rounded-full bg-hover">
        <div
          className="h-full origin-left bg-voice"
          style={{
            transform: `scaleX(${total > 0 && at > 0 ? Math.min(1, at / total) : 0})`,
          }}
        />
      </div>
      <p className="text-[0.9375rem] leading-6">
        {voice.words?.map(({ text, start, end }, place) => (
          <span
            key={place}
            className={
              at >= start && at < end
                ? "rounded bg-accent-wash text-accent-strong"
                : ""
            }
          >
            {text}{" "}
          </span>
        ))}
      </p>
    </div>
  );
}

const asText = (pronunciation: Record<string, string> = {}) =>
  Object.entries(pronunciation)
    .map(([word, spoken]) => `${word} = ${spoken}`)
    .join("\n");

const asPairs = (text: string) =>
  Object.fromEntries(
    text
      .split("\n")
      .map((line) => line.split("=").map((part) => part.trim()))
      .flatMap(([word, spoken]) => (word && spoken ? [[word, spoken]] : [])),
  );

function Pronounce({ film, scene }: { film: FilmState; scene: Scene }) {
  const [text, setText] = useState(asText(scene.pronunciation));
  return (
    <details>
      <summary className="text-soft">{words.pronounce}</summary>
      <div className="mt-2 flex flex-col items-start gap-2">
        <TextArea
          aria-label={words.pronounce}
          placeholder={words.pronounceHint}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          onClick={() =>
            void remakeVoice(film.id, scene.number, {
              pronunciation: asPairs(text),
            })
          }
        >
          {words.pronounceSave}
        </Button>
      </div>
    </details>
  );
}

function Recording({ film, scene }: { film: FilmState; scene: Scene }) {
  const { voice } = scene;
  if (voice?.url)
    return (
      <LinePlayer
        url={mediaAddress(voice.url)}
        playLabel={`${words.play}: ${words.scene(scene.position)}`}
        pauseLabel={words.pause}
      >
        {(at) => <Words voice={voice} at={at} />}
      </LinePlayer>
    );
  const state = voice?.state ?? "waiting";
  const fault = voice && film.units[voice.unit]?.fault;
  if (state === "failed" && voice)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-bad">
        {fault?.message}
        <Button look="danger" onClick={() => void retry(film.id, voice.unit)}>
          {strings.studio.retry}
        </Button>
      </p>
    );
  return <p className="text-faint">{strings.studio.states[state]}</p>;
}

/** What one scene says, heard and changed. */
export function Line({ film, scene }: { film: FilmState; scene: Scene }) {
  const { number, position, narration, voice } = scene;
  return (
    <li className="flex flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel">
      <div className="flex items-center justify-between gap-2">
        <h3 className="truncate font-semibold">
          {scene.heading || words.scene(position)}
        </h3>
        <Button
          look="quiet"
          icon="reset"
          disabled={!voice?.url}
          onClick={() => void remakeVoice(film.id, number, { another: true })}
        >
          {words.again}
        </Button>
      </div>
      <Recording film={film} scene={scene} />
      <KeptText
        label={`${words.line}: ${words.scene(position)}`}
        value={narration}
        className="text-soft"
        onKeep={(text) =>
          void remakeVoice(film.id, number, { narration: text })
        }
      />
      <Takes
        label={words.takes}
        name={words.take}
        takes={voice?.variants ?? []}
        onChoose={(variant) =>
          void chooseVariant(film.id, number, "voice", variant)
        }
      />
      <Pronounce film={film} scene={scene} />
    </li>
  );
}
