// What can be done to what is selected, as the lines of a menu: to be asked when it opens.
import {
  copySelected,
  cutSelected,
  duplicateSelected,
  paste,
  pasteAttributes,
} from "@/actions/edit/copy_clips";
import { deleteSelected } from "@/actions/edit/delete_clips";
import {
  groupSelected,
  linkSelected,
  ungroupSelected,
  unlinkSelected,
} from "@/actions/edit/link_clips";
import { addMarker } from "@/actions/edit/markers";
import { toggleOff } from "@/actions/edit/set_clips";
import { speedSelected } from "@/actions/edit/speed_clips";
import { splitAtPlayhead } from "@/actions/edit/split_clips";
import {
  extractStretch,
  liftStretch,
  stretchNow,
} from "@/actions/edit/stretch";
import {
  addTransitionHere,
  TRANSITION_KINDS,
} from "@/actions/edit/transitions";
import { fitFilm, fitSelected } from "@/actions/edit/zoom";
import type { MenuGroup } from "@/parts/floating_menu";
import { projectNow, type Clip } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { copiedNow } from "@/state/timeline_clipboard";
import { strings } from "@/strings";

const words = strings.timeline.menu;

const SPEEDS = [0.5, 1, 1.5, 2, 4];

function selectedClips(): Clip[] {
  return [...selectionNow().clips].flatMap(
    (id) => projectNow().places.get(id)?.clip ?? [],
  );
}

function board(isNothing: boolean): MenuGroup {
  const hasCopied = copiedNow() !== null;
  return [
    {
      label: words.cut,
      hint: "Ctrl X",
      isOff: isNothing,
      onChoose: () => void cutSelected(),
    },
    {
      label: words.copy,
      hint: "Ctrl C",
      isOff: isNothing,
      onChoose: () => void copySelected(),
    },
    {
      label: words.paste,
      hint: "Ctrl V",
      isOff: !hasCopied,
      onChoose: () => void paste(false),
    },
    {
      label: words.pasteInsert,
      hint: "Ctrl Shift V",
      isOff: !hasCopied,
      onChoose: () => void paste(true),
    },
    {
      label: words.pasteAttributes,
      hint: "Ctrl Alt V",
      isOff: !hasCopied || isNothing,
      onChoose: () => void pasteAttributes(),
    },
    {
      label: words.duplicate,
      hint: "Ctrl D",
      isOff: isNothing,
      onChoose: () => void duplicateSelected(),
    },
  ];
}

function bonds(clips: readonly Clip[]): MenuGroup {
  const isLinked = clips.some(({ link }) => link);
  const isGrouped = clips.some(({ group }) => group);
  const areSeveral = clips.length > 1;
  const isOff = clips.every((clip) => clip.off);
  return [
    isLinked
      ? {
          label: words.unlink,
          hint: "Ctrl L",
          onChoose: () => void unlinkSelected(),
        }
      : {
          label: words.link,
          hint: "Ctrl L",
          isOff: !areSeveral,
          onChoose: () => void linkSelected(),
        },
    isGrouped
      ? {
          label: words.ungroup,
          hint: "Ctrl Shift G",
          onChoose: () => void ungroupSelected(),
        }
      : {
          label: words.group,
          hint: "Ctrl G",
          isOff: !areSeveral,
          onChoose: () => void groupSelected(),
        },
    {
      label: isOff ? words.turnOn : words.turnOff,
      hint: "Shift E",
      onChoose: () => void toggleOff(),
    },
  ];
}

function speeds(clips: readonly Clip[]): MenuGroup {
  const playing = clips.filter(
    ({ kind }) => kind === "media" || kind === "sequence",
  );
  const [first] = playing;
  if (!first) return [];
  const now = first.speed ?? 1;
  return [
    ...SPEEDS.map((speed) => ({
      label: `${words.speed} ${words.speeds(speed)}`,
      isChosen: Math.abs(now) === speed,
      onChoose: () =>
        void speedSelected((before) => Math.sign(before || 1) * speed),
    })),
    {
      label: words.reverse,
      isChosen: now < 0,
      onChoose: () => void speedSelected((before) => -before),
    },
  ];
}

function transitions(clips: readonly Clip[]): MenuGroup {
  const place = projectNow().places.get(selectionNow().focus ?? "");
  if (clips.length !== 1 || !place || place.track.kind === "audio") return [];
  return TRANSITION_KINDS.map((kind) => ({
    label: strings.timeline.transitions[kind],
    onChoose: () => void addTransitionHere(kind),
  }));
}

/** What the menu offers now. */
export function selectionMenu(): MenuGroup[] {
  const clips = selectedClips();
  const isNothing = clips.length === 0;
  const { transition, marker } = selectionNow();
  const hasAny = !isNothing || transition !== null || marker !== null;
  const isUnmarked = stretchNow() === null;
  return [
    [
      { label: words.split, hint: "S", onChoose: () => void splitAtPlayhead() },
      {
        label: words.remove,
        hint: "Delete",
        isOff: !hasAny,
        onChoose: () => void deleteSelected(false),
      },
      {
        label: words.ripple,
        hint: "Shift Delete",
        isOff: isNothing,
        onChoose: () => void deleteSelected(true),
      },
    ],
    board(isNothing),
    isNothing ? [] : bonds(clips),
    speeds(clips),
    transitions(clips),
    [
      {
        label: words.lift,
        hint: ";",
        isOff: isUnmarked,
        onChoose: () => void liftStretch(),
      },
      {
        label: words.extract,
        hint: "'",
        isOff: isUnmarked,
        onChoose: () => void extractStretch(),
      },
      {
        label: words.marker,
        hint: "Shift M",
        onChoose: () => void addMarker(),
      },
    ],
    [
      { label: words.fit, hint: "Shift Z", onChoose: fitFilm },
      {
        label: words.fitSelection,
        hint: "Z",
        isOff: isNothing,
        onChoose: fitSelected,
      },
    ],
  ];
}
