import { useRef } from "react";
import { approve } from "@/actions/studio/change_film";
import {
  addScene,
  editScene,
  mergeScene,
  removeScene,
  splitScene,
} from "@/actions/studio/change_scene";
import { IconButton } from "@/parts/button";
import { Icon } from "@/parts/icon";
import { KeptText } from "@/parts/kept_text";
import { Menu } from "@/parts/menu";
import type { FilmState, Scene, SceneEdit } from "@/server/types";
import { aspectOf } from "@/state/aspect";
import { strings } from "@/strings";
import { ScenePicture } from "./scene_picture";

const words = strings.storyboard;

interface SceneCardProps {
  film: FilmState;
  scene: Scene;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: number) => void;
  onDrag: () => void;
  onDrop: () => void;
}

/** Not disabled at the ends: the focus would be lost with it. */
function Place({
  icon,
  label,
  isEnd,
  onMove,
}: {
  icon: "up" | "down";
  label: string;
  isEnd: boolean;
  onMove: () => void;
}) {
  return (
    <IconButton
      icon={icon}
      label={label}
      aria-disabled={isEnd}
      className="max-sm:w-8 aria-disabled:text-faint/50 aria-disabled:hover:bg-transparent"
      onClick={() => {
        if (!isEnd) onMove();
      }}
    />
  );
}

function Ways({
  film,
  scene,
  isFirst,
  isLast,
  onMove,
  cursor,
}: SceneCardProps & { cursor: { current: number } }) {
  const { id } = film;
  const { number, position, narration, isApproved } = scene;
  const split = () => {
    const at = cursor.current;
    if (at > 0 && at < narration.length) void splitScene(id, number, { at });
  };
  return (
    <div className="flex items-center">
      <button
        type="button"
        aria-pressed={isApproved}
        aria-label={isApproved ? words.approved : words.approve}
        onClick={() =>
          void approve(id, { scene: number, isApproved: !isApproved })
        }
        className="me-1 inline-flex h-8 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium text-soft shadow-[inset_0_0_0_1px_var(--color-line)] transition-colors hover:bg-hover aria-pressed:text-good"
      >
        <Icon name="done" className="size-4" />
        <span className="max-sm:sr-only">
          {isApproved ? words.approved : words.approve}
        </span>
      </button>
      <Place
        icon="up"
        label={words.up}
        isEnd={isFirst}
        onMove={() => onMove(-1)}
      />
      <Place
        icon="down"
        label={words.down}
        isEnd={isLast}
        onMove={() => onMove(1)}
      />
      <Menu
        trigger={<IconButton icon="more" label={words.more(position)} />}
        items={[
          {
            label: words.addAfter,
            icon: "plus",
            onSelect: () =>
              void addScene(id, {
                narration: words.newNarration,
                after: number,
              }),
          },
          {
            label: words.split,
            icon: "split",
            hint: cursor.current > 0 ? "" : words.splitAt,
            isDisabled: cursor.current <= 0,
            onSelect: split,
          },
          {
            label: words.merge,
            icon: "merge",
            isDisabled: isLast,
            onSelect: () => void mergeScene(id, number),
          },
          null,
          {
            label: words.remove,
            icon: "bin",
            onSelect: () => void removeScene(id, number),
          },
        ]}
      />
    </div>
  );
}

function Texts({
  film,
  scene,
  onCursor,
}: {
  film: FilmState;
  scene: Scene;
  onCursor: (at: number) => void;
}) {
  const keep = (edit: SceneEdit) => void editScene(film.id, scene.number, edit);
  const rows = [
    {
      label: words.narration,
      value: scene.narration,
      onKeep: (narration: string) => keep({ narration }),
      onCursor,
      className: "text-base leading-6",
    },
    {
      label: words.visual,
      value: scene.visual,
      onKeep: (visual: string) => keep({ visual }),
      className: "text-soft",
    },
    {
      label: words.onScreen,
      value: scene.onScreen,
      placeholder: words.noOnScreen,
      onKeep: (onScreen: string) => keep({ onScreen }),
      className: "text-soft",
    },
  ];
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {rows.map((row) => (
        <div key={row.label} className="flex flex-col gap-0.5">
          <span className="text-xs text-faint" aria-hidden="true">
            {row.label}
          </span>
          <KeptText {...row} />
        </div>
      ))}
    </div>
  );
}

/** One scene: its words beside its picture. */
export function SceneCard(props: SceneCardProps) {
  const { film, scene, onDrag, onDrop } = props;
  const cursor = useRef(0);
  const isTall = aspectOf(film) < 1;
  return (
    <li
      data-scene={scene.number}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      className="flex flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel sm:p-5"
    >
      <header className="flex items-center gap-2">
        <span
          draggable
          onDragStart={onDrag}
          title={words.drag}
          className="group/grip grid size-7 shrink-0 cursor-grab place-items-center rounded-full bg-hover text-xs font-semibold tabular-nums"
        >
          <span className="group-hover/grip:hidden">{scene.position}</span>
          <Icon name="grip" className="hidden size-4 group-hover/grip:block" />
        </span>
        <h2 className="min-w-0 flex-1 truncate font-semibold">
          {scene.heading || words.scene(scene.position)}
        </h2>
        <Ways {...props} cursor={cursor} />
      </header>
      <div
        className={`grid gap-x-6 gap-y-4 ${isTall ? "sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]" : "sm:grid-cols-2"}`}
      >
        <ScenePicture film={film} scene={scene} />
        <Texts
          film={film}
          scene={scene}
          onCursor={(at) => {
            cursor.current = at;
          }}
        />
      </div>
    </li>
  );
}
