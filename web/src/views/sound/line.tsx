import { Fragment, useState } from "react";
import { retry } from "@/actions/studio/change_film";
import { chooseVariant, remakeVoice } from "@/actions/studio/change_scene";
import { Button } from "@/parts/button";
import { LinePlayer } from "@/parts/line_player";
import { Skeleton } from "@/parts/skeleton";
import { Takes } from "@/parts/takes";
import { TextArea } from "@/parts/text_area";
import type { FilmState, Scene, Voice } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { usePeaks } from "@/state/peaks";
import { mediaAddress } from "@/state/studio";
import { clock } from "@/state/time";
import { strings } from "@/strings";

const words = strings.sound;

/** The words as they are spoken, the one that is heard marked; a click on one plays from there. */
function Words({
  voice,
  at,
  onSeek,
}: {
  voice: Voice;
  at: number;
  onSeek: (to: number) => void;
}) {
  return (
    <p className="text-base leading-7">
      {voice.words?.map(({ text, start, end }, place) => (
        <Fragment key={place}>
          <span
            onClick={() => onSeek(start)}
            className={`cursor-pointer rounded py-0.5 transition-colors hover:bg-hover ${at >= start && at < end ? "bg-accent-wash text-accent-strong" : ""}`}
          >
            {text}
          </span>{" "}
        </Fragment>
      ))}
    </p>
  );
}

function Recorded({ scene, voice }: { scene: Scene; voice: Voice }) {
  const url = mediaAddress(voice.url ?? "");
  const peaks = usePeaks(url);
  const name = words.scene(scene.position);
  return (
    <LinePlayer
      url={url}
      seconds={voice.seconds ?? voice.words?.at(-1)?.end ?? 0}
      peaks={peaks}
      tone="voice"
      playLabel={`${words.play}: ${name}`}
      pauseLabel={words.pause}
      positionLabel={`${words.position}: ${name}`}
      time={clock}
    >
      {(at, seek) =>
        voice.words?.length ? (
          <Words voice={voice} at={at} onSeek={seek} />
        ) : (
          <p className="text-base leading-7">{scene.narration}</p>
        )
      }
    </LinePlayer>
  );
}

function Recording({ film, scene }: { film: FilmState; scene: Scene }) {
  const { voice } = scene;
  if (voice?.url) return <Recorded scene={scene} voice={voice} />;
  const state = voice?.state ?? "waiting";
  if (state === "failed" && voice)
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-bad-wash p-3 text-bad"
      >
        <span className="min-w-0 flex-1 basis-60 text-pretty">
          {film.units[voice.unit]?.fault?.message ??
            strings.studio.states.failed}
        </span>
        <Button look="danger" onClick={() => void retry(film.id, voice.unit)}>
          {strings.studio.retry}
        </Button>
      </div>
    );
  return (
    <div className="flex flex-col gap-2" data-state={state}>
      <div className="flex items-center gap-3">
        <Skeleton className="size-10 rounded-full!" />
        <Skeleton className="h-9 flex-1" />
        <span className="text-xs text-faint">
          {strings.studio.states[state]}
        </span>
      </div>
      <p className="text-base leading-7 text-faint">{scene.narration}</p>
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

type Change = "words" | "spoken" | null;

/** Other words, or the same words spoken in another way. */
function ChangeLine({
  film,
  scene,
  change,
  onDone,
}: {
  film: FilmState;
  scene: Scene;
  change: NonNullable<Change>;
  onDone: () => void;
}) {
  const isWords = change === "words";
  const [text, setText] = useState(
    isWords ? scene.narration : asText(scene.pronunciation),
  );
  const keep = () => {
    const wish = isWords
      ? { narration: text.trim() }
      : { pronunciation: asPairs(text) };
    void remakeVoice(film.id, scene.number, wish);
    onDone();
  };
  return (
    <form
      className="appear flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
      }}
    >
      <TextArea
        autoFocus
        aria-label={`${isWords ? words.line : words.pronounce}: ${words.scene(scene.position)}`}
        placeholder={isWords ? undefined : words.pronounceHint}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          {words.cancel}
        </Button>
        <Button
          type="submit"
          look="primary"
          icon="mic"
          disabled={isWords && !text.trim()}
        >
          {isWords ? words.saveLine : words.pronounceSave}
        </Button>
      </div>
    </form>
  );
}

function Ways({
  film,
  scene,
  onChange,
}: {
  film: FilmState;
  scene: Scene;
  onChange: (change: Change) => void;
}) {
  const name = words.scene(scene.position);
  return (
    <div className="-mx-2 flex flex-wrap items-center gap-1">
      <Button
        look="quiet"
        icon="edit"
        aria-label={`${words.change}: ${name}`}
        className="h-8 px-2!"
        onClick={() => onChange("words")}
      >
        {words.change}
      </Button>
      <Button
        look="quiet"
        icon="mic"
        aria-label={`${words.again}: ${name}`}
        className="h-8 px-2!"
        disabled={!scene.voice?.url}
        onClick={() =>
          void remakeVoice(film.id, scene.number, { another: true })
        }
      >
        {words.again}
      </Button>
      <Button
        look="quiet"
        icon="words"
        aria-label={`${words.pronounce}: ${name}`}
        className="h-8 px-2!"
        onClick={() => onChange("spoken")}
      >
        {words.pronounce}
      </Button>
    </div>
  );
}

/** What one scene says, heard and changed. */
export function Line({ film, scene }: { film: FilmState; scene: Scene }) {
  const { number, position, picture, voice } = scene;
  const [change, setChange] = useState<Change>(null);
  return (
    <li
      data-scene={number}
      className="flex gap-4 rounded-panel bg-surface p-4 shadow-panel sm:p-5"
    >
      <div
        className="relative hidden w-36 shrink-0 self-start overflow-hidden rounded-control bg-sunken sm:block"
        style={{ aspectRatio: aspectOf(film) }}
      >
        {picture?.url && (
          <img
            src={mediaAddress(picture.url)}
            alt=""
            loading="lazy"
            className="size-full object-cover"
          />
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-2.5">
        <h2 className="flex items-baseline gap-2 font-semibold">
          <span className="text-xs text-faint tabular-nums">{position}</span>
          <span className="truncate">
            {scene.heading || words.scene(position)}
          </span>
        </h2>
        <Recording film={film} scene={scene} />
        <Takes
          label={`${words.takes}: ${words.scene(position)}`}
          name={words.take}
          takes={voice?.variants ?? []}
          onChoose={(variant) =>
            void chooseVariant(film.id, number, "voice", variant)
          }
        />
        {change ? (
          <ChangeLine
            film={film}
            scene={scene}
            change={change}
            onDone={() => setChange(null)}
          />
        ) : (
          <Ways film={film} scene={scene} onChange={setChange} />
        )}
      </div>
    </li>
  );
}
