import { useState } from "react";
import { retry } from "@/actions/studio/change_film";
import { chooseVariant, remakeClip } from "@/actions/studio/change_scene";
import { Button } from "@/parts/button";
import { Choice } from "@/parts/controls";
import { Field, TextInput, Tick } from "@/parts/field";
import { MadeBox } from "@/parts/made_box";
import { Takes } from "@/parts/takes";
import type { FilmState, MotionWish, Scene } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { makersOf } from "@/state/makers";
import { mediaAddress } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.motion;

function Pair({ film, scene }: { film: FilmState; scene: Scene }) {
  const { picture, clip } = scene;
  const aspect = aspectOf(film);
  const state = clip?.state ?? "waiting";
  const fault = clip && film.units[clip.unit]?.fault;
  return (
    <div className="grid grid-cols-2 gap-2">
      <MadeBox
        aspect={aspect}
        state={picture?.state ?? "waiting"}
        label={words.still}
      >
        {picture?.url && (
          <img
            src={mediaAddress(picture.url)}
            alt={picture.alt ?? scene.visual}
            className="size-full object-cover"
          />
        )}
      </MadeBox>
      <MadeBox
        aspect={aspect}
        state={state}
        label={strings.studio.states[state]}
        failure={
          clip && (
            <>
              <span>{fault?.message ?? words.failed}</span>
              <Button
                look="danger"
                onClick={() => void retry(film.id, clip.unit)}
              >
                {strings.studio.retry}
              </Button>
            </>
          )
        }
      >
        {clip?.url && (
          <video
            src={mediaAddress(clip.url)}
            aria-label={`${words.clip}: ${words.scene(scene.position)}`}
            className="size-full object-cover"
            muted
            loop
            playsInline
            controls
            preload="metadata"
          />
        )}
      </MadeBox>
    </div>
  );
}

function Wishes({ film, scene }: { film: FilmState; scene: Scene }) {
  const [wish, setWish] = useState({
    prompt: scene.motionPrompt ?? "",
    seconds: scene.wishedSeconds ? String(scene.wishedSeconds) : "",
    model: scene.models?.["clip"] ?? "",
    isPresenter: scene.isPresenter,
  });
  const set = (part: Partial<typeof wish>) => setWish({ ...wish, ...part });
  const makers = makersOf("clip");
  const remake = () => {
    const asked: MotionWish = {
      prompt: wish.prompt.trim(),
      seconds: Number(wish.seconds) || 0,
      isPresenter: wish.isPresenter,
      another: true,
      ...(wish.model ? { model: wish.model } : {}),
    };
    void remakeClip(film.id, scene.number, asked);
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        remake();
      }}
    >
      <TextInput
        aria-label={words.prompt}
        placeholder={words.promptHint}
        value={wish.prompt}
        onChange={(event) => set({ prompt: event.target.value })}
      />
      <div className="flex flex-wrap items-end gap-2">
        <Field label={words.seconds} className="w-36">
          <TextInput
            inputMode="decimal"
            placeholder={words.asVoice}
            value={wish.seconds}
            onChange={(event) => set({ seconds: event.target.value })}
          />
        </Field>
        {makers.length > 1 && (
          <Field label={words.model} className="w-48">
            <Choice
              label={words.model}
              value={wish.model}
              choices={[{ id: "", label: words.byItself }, ...makers]}
              onSet={(model) => set({ model })}
            />
          </Field>
        )}
        <Button type="submit" icon="reset" className="ml-auto">
          {words.remake}
        </Button>
      </div>
      <Tick
        label={words.lips}
        checked={wish.isPresenter}
        onChange={(event) => set({ isPresenter: event.target.checked })}
      />
    </form>
  );
}

/** A still, the clip of it, and how it is to move. */
export function ClipCard({ film, scene }: { film: FilmState; scene: Scene }) {
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel">
      <h2 className="truncate font-semibold">
        {scene.heading || words.scene(scene.position)}
      </h2>
      <Pair film={film} scene={scene} />
      {!scene.clip && <p className="text-xs text-faint">{words.noClip}</p>}
      <Takes
        label={words.takes}
        name={words.take}
        takes={scene.clip?.variants ?? []}
        onChoose={(variant) =>
          void chooseVariant(film.id, scene.number, "motion", variant)
        }
      />
      <Wishes film={film} scene={scene} />
    </li>
  );
}
