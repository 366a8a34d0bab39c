import { useState } from "react";
import { retry } from "@/actions/studio/change_film";
import { chooseVariant, remakeClip } from "@/actions/studio/change_scene";
import { Button } from "@/parts/button";
import { ClipPlayer } from "@/parts/clip_player";
import { Field, Select, TextInput, Tick } from "@/parts/field";
import { MadeBox } from "@/parts/made_box";
import { Takes } from "@/parts/takes";
import type { FilmState, MotionWish, Scene } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { makersOf } from "@/state/makers";
import { mediaAddress } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.motion;

/** Offered as least lengths, in seconds. */
const LENGTHS = [3, 5, 8, 10, 15, 20, 30];

function Tag({ children }: { children: string }) {
  return (
    <span className="pointer-events-none absolute start-2 top-2 rounded-full bg-stage/70 px-2 py-0.5 text-tiny text-on-stage">
      {children}
    </span>
  );
}

function Still({ film, scene }: { film: FilmState; scene: Scene }) {
  const { picture } = scene;
  const state = picture?.state ?? "waiting";
  return (
    <MadeBox
      aspect={aspectOf(film)}
      state={state}
      label={strings.studio.states[state]}
    >
      {picture?.url && (
        <>
          <img
            src={mediaAddress(picture.url)}
            alt={picture.alt ?? scene.visual}
            className="size-full object-cover"
          />
          <Tag>{words.still}</Tag>
        </>
      )}
    </MadeBox>
  );
}

function Moving({ film, scene }: { film: FilmState; scene: Scene }) {
  const { picture, clip, position } = scene;
  const state = clip?.state ?? "waiting";
  const fault = clip && film.units[clip.unit]?.fault;
  const name = words.scene(position);
  return (
    <MadeBox
      aspect={aspectOf(film)}
      state={state}
      label={strings.studio.states[state]}
      failure={
        clip && (
          <>
            <span className="text-pretty">
              {fault?.message ?? words.failed}
            </span>
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
        <>
          <ClipPlayer
            url={mediaAddress(clip.url)}
            poster={picture?.url && mediaAddress(picture.url)}
            label={`${words.clip}: ${name}`}
            playLabel={`${words.play}: ${name}`}
            pauseLabel={`${words.pause}: ${name}`}
          />
          <Tag>
            {clip.seconds
              ? words.clipOf(words.length(clip.seconds))
              : words.clip}
          </Tag>
        </>
      )}
    </MadeBox>
  );
}

/** What a scene's clip is made from. */
const wishOf = ({ motionPrompt, wishedSeconds, models, ...scene }: Scene) => ({
  prompt: motionPrompt ?? "",
  seconds: wishedSeconds ? String(wishedSeconds) : "",
  model: models?.["clip"] ?? "",
  isPresenter: scene.isPresenter,
});

function Wishes({ film, scene }: { film: FilmState; scene: Scene }) {
  const [wish, setWish] = useState(wishOf(scene));
  const set = (part: Partial<typeof wish>) => setWish({ ...wish, ...part });
  const makers = makersOf("clip");
  const name = words.scene(scene.position);
  const own = Number(wish.seconds);
  const lengths =
    own > 0 && !LENGTHS.includes(own) ? [own, ...LENGTHS] : LENGTHS;
  const remake = () => {
    const known = wishOf(scene);
    const isSame = Object.entries(wish).every(
      ([part, value]) => value === known[part as keyof typeof known],
    );
    const asked: MotionWish = {
      prompt: wish.prompt.trim(),
      seconds: own > 0 ? own : 0,
      isPresenter: wish.isPresenter,
      ...(wish.model ? { model: wish.model } : {}),
      // From the same wish comes the same clip, unless another one is asked for.
      ...(isSame ? { another: true } : {}),
    };
    void remakeClip(film.id, scene.number, asked);
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        remake();
      }}
    >
      <TextInput
        aria-label={`${words.prompt}: ${name}`}
        placeholder={words.promptHint}
        value={wish.prompt}
        onChange={(event) => set({ prompt: event.target.value })}
      />
      <div className="flex flex-wrap items-end gap-2">
        <Field label={words.atLeast} className="flex-1 basis-40">
          <Select
            value={wish.seconds}
            onChange={(event) => set({ seconds: event.target.value })}
          >
            <option value="">{words.asVoice}</option>
            {lengths.map((seconds) => (
              <option key={seconds} value={seconds}>
                {words.length(seconds)}
              </option>
            ))}
          </Select>
        </Field>
        {makers.length > 1 && (
          <Field label={words.model} className="flex-1 basis-48">
            <Select
              value={wish.model}
              onChange={(event) => set({ model: event.target.value })}
            >
              <option value="">{words.byItself}</option>
              {makers.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Button
          type="submit"
          icon="reset"
          aria-label={`${words.remake}: ${name}`}
        >
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
  const { number, position, heading, clip } = scene;
  return (
    <li
      data-scene={number}
      className="flex min-w-0 flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel sm:p-5"
    >
      <h2 className="flex items-baseline gap-2 font-semibold">
        <span className="text-xs text-faint tabular-nums">{position}</span>
        <span className="truncate">{heading || words.scene(position)}</span>
      </h2>
      <div className="grid grid-cols-2 gap-2">
        <Still film={film} scene={scene} />
        <Moving film={film} scene={scene} />
      </div>
      {!clip && <p className="text-xs text-faint">{words.noClip}</p>}
      <Takes
        label={`${words.takes}: ${words.scene(position)}`}
        name={words.take}
        takes={clip?.variants ?? []}
        onChoose={(variant) =>
          void chooseVariant(film.id, number, "motion", variant)
        }
      />
      <Wishes film={film} scene={scene} />
    </li>
  );
}
