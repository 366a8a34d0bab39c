import { useState } from "react";
import { retry } from "@/actions/studio/change_film";
import { chooseVariant, remakePicture } from "@/actions/studio/change_scene";
import { BeforeAfter } from "@/parts/before_after";
import { Button, IconButton } from "@/parts/button";
import { Choice } from "@/parts/controls";
import { TextInput } from "@/parts/field";
import { MadeBox } from "@/parts/made_box";
import type { FilmState, Scene } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { makersOf } from "@/state/makers";
import { mediaAddress } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.storyboard;

function Failure({ film, unit }: { film: FilmState; unit: string }) {
  const why = film.units[unit]?.fault?.message ?? words.failed;
  return (
    <>
      <span className="text-pretty">{why}</span>
      <Button look="danger" onClick={() => void retry(film.id, unit)}>
        {strings.studio.retry}
      </Button>
    </>
  );
}

function Variants({
  film,
  scene,
  isComparing,
  onCompare,
}: {
  film: FilmState;
  scene: Scene;
  isComparing: boolean;
  onCompare: () => void;
}) {
  const variants = scene.picture?.variants ?? [];
  if (variants.length < 2) return null;
  return (
    <div className="flex items-center gap-2">
      <ul
        aria-label={words.variants}
        className="flex min-w-0 flex-1 gap-1.5 overflow-x-auto p-0.5"
      >
        {variants.map(({ variant, url, isChosen }, place) => (
          <li key={variant} className="shrink-0">
            <button
              type="button"
              aria-pressed={isChosen}
              aria-label={words.variant(place + 1)}
              onClick={() =>
                void chooseVariant(film.id, scene.number, "picture", variant)
              }
              className="block h-12 overflow-hidden rounded-[0.4rem] opacity-70 transition-opacity hover:opacity-100 aria-pressed:opacity-100 aria-pressed:outline-2 aria-pressed:outline-accent"
            >
              <img
                src={mediaAddress(url)}
                alt=""
                loading="lazy"
                className="h-full w-auto"
                style={{ aspectRatio: aspectOf(film) }}
              />
            </button>
          </li>
        ))}
      </ul>
      <IconButton
        icon="compare"
        label={words.compare}
        aria-pressed={isComparing}
        onClick={onCompare}
      />
    </div>
  );
}

function Remake({ film, scene }: { film: FilmState; scene: Scene }) {
  const [note, setNote] = useState("");
  const [model, setModel] = useState(scene.models?.["picture"] ?? "");
  const makers = makersOf("picture");
  const wish = {
    ...(note.trim() ? { note: note.trim() } : { another: true }),
    ...(model ? { model } : {}),
  };
  const remake = () => {
    void remakePicture(film.id, scene.number, wish);
    setNote("");
  };
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        remake();
      }}
    >
      <div className="flex gap-1.5">
        <TextInput
          aria-label={words.note}
          placeholder={words.noteHint}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" icon="reset" className="shrink-0">
          {note.trim() ? words.remake : words.another}
        </Button>
      </div>
      {makers.length > 1 && (
        <Choice
          label={words.model}
          value={model}
          onSet={setModel}
          choices={[{ id: "", label: words.byItself }, ...makers]}
        />
      )}
    </form>
  );
}

/** The address of the picture that was there before the chosen one. */
function beforeOf(scene: Scene): string | undefined {
  const variants = scene.picture?.variants ?? [];
  const chosen = variants.findIndex(({ isChosen }) => isChosen);
  return (variants[chosen - 1] ?? variants[chosen + 1])?.url;
}

/** The picture of a scene, what it was before, and the way to another. */
export function ScenePicture({
  film,
  scene,
}: {
  film: FilmState;
  scene: Scene;
}) {
  const { picture } = scene;
  const [isComparing, setComparing] = useState(false);
  const state = picture?.state ?? "waiting";
  const before = isComparing ? beforeOf(scene) : undefined;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <MadeBox
        aspect={aspectOf(film)}
        state={state}
        label={strings.studio.states[state]}
        failure={picture && <Failure film={film} unit={picture.unit} />}
      >
        {picture?.url && !before && (
          <img
            src={mediaAddress(picture.url)}
            alt={picture.alt ?? scene.visual}
            className="appear size-full object-cover"
          />
        )}
        {picture?.url && before && (
          <BeforeAfter
            before={mediaAddress(before)}
            after={mediaAddress(picture.url)}
            label={words.comparing}
            beforeLabel={words.before}
            afterLabel={words.after}
          />
        )}
      </MadeBox>
      {picture?.understood && (
        <p className="text-xs text-faint">
          {words.understood(picture.understood)}
        </p>
      )}
      <Variants
        film={film}
        scene={scene}
        isComparing={isComparing}
        onCompare={() => setComparing(!isComparing)}
      />
      {scene.picture && <Remake film={film} scene={scene} />}
    </div>
  );
}
