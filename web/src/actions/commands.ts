// Everything that can be done by a key or from the palette, each with its name.
import { addCaption, addSolid, addTitle } from "@/actions/add_to_film";
import { closeFilm } from "@/actions/close_film";
import { EDIT_KEYS } from "@/actions/edit/edit_keys";
import { toggleFullscreen } from "@/actions/fullscreen";
import { chooseImport, removeUnused } from "@/actions/import_media";
import {
  playOrPause,
  shuttle,
  stepFrames,
  stepSeconds,
  toCut,
  toEnd,
  toggleLoop,
  toStart,
} from "@/actions/play";
import { saveNow } from "@/actions/save_film";
import { toggleMute } from "@/actions/set_volume";
import { heldKeys } from "@/state/held_keys";
import { resetLayout, setLayout, showPanel, useLayout } from "@/state/layout";
import { change, now } from "@/state/session";
import { setOwnKeys, useShortcuts } from "@/state/shortcuts";
import { setStageView, useStageView } from "@/state/stage_view";
import { strings } from "@/strings";

export type Group = keyof typeof strings.palette.groups;

export interface Command {
  id: string;
  label: string;
  group: Group;
  /** Its usual keys. */
  keys: readonly string[];
  run: () => void;
}

const names = strings.palette.commands;

const own = (
  group: Group,
  id: keyof typeof names,
  keys: readonly string[],
  run: () => void,
): Command => ({ id, label: names[id], group, keys, run });

const toggleSide = (side: "isLeftOpen" | "isRightOpen") =>
  setLayout({ [side]: !useLayout.getState()[side] });

const PLAYING: readonly Command[] = [
  own("play", "playOrPause", [" "], playOrPause),
  own("play", "backwards", ["j"], () =>
    heldKeys.has("k") ? stepFrames(-1) : shuttle(-1),
  ),
  own("play", "stop", ["k"], () => now().player?.pause()),
  own("play", "forwards", ["l"], () =>
    heldKeys.has("k") ? stepFrames(1) : shuttle(1),
  ),
  own("play", "stepBack", ["arrowleft"], () => stepFrames(-1)),
  own("play", "stepOn", ["arrowright"], () => stepFrames(1)),
  own("play", "secondBack", ["shift arrowleft"], () => stepSeconds(-1)),
  own("play", "secondOn", ["shift arrowright"], () => stepSeconds(1)),
  own("play", "cutBefore", ["arrowup"], () => toCut(-1)),
  own("play", "cutBehind", ["arrowdown"], () => toCut(1)),
  own("play", "toStart", ["home"], toStart),
  own("play", "toEnd", ["end"], toEnd),
  own("play", "loop", ["shift l"], toggleLoop),
  own("play", "mute", ["m"], toggleMute),
];

const OTHERS: readonly Command[] = [
  own("add", "import", ["control i"], () => void chooseImport()),
  own("add", "addTitle", ["control alt t"], () => void addTitle()),
  own("add", "addCaption", ["control alt c"], () => void addCaption()),
  own("add", "addSolid", [], () => void addSolid()),
  own("view", "fullscreen", ["f"], toggleFullscreen),
  own("view", "zoomFit", ["shift 0", "shift )"], () =>
    setStageView({ zoom: "fit" }),
  ),
  own("view", "zoomHalf", [], () => setStageView({ zoom: 0.5 })),
  own("view", "zoomFull", ["shift 1", "shift !"], () =>
    setStageView({ zoom: 1 }),
  ),
  own("view", "zoomDouble", [], () => setStageView({ zoom: 2 })),
  own("view", "guides", ["shift g"], () =>
    setStageView({ hasGuides: !useStageView.getState().hasGuides }),
  ),
  own("view", "crop", ["c"], () =>
    setStageView({ isCropping: !useStageView.getState().isCropping }),
  ),
  own("view", "media", ["control 1"], () => showPanel("media")),
  own("view", "captions", ["control 2"], () => showPanel("captions")),
  own("view", "history", ["control 3"], () => showPanel("history")),
  own("view", "inspector", ["control 4"], () => showPanel("inspector")),
  own("view", "leftPanel", [], () => toggleSide("isLeftOpen")),
  own("view", "rightPanel", [], () => toggleSide("isRightOpen")),
  own("view", "resetLayout", [], resetLayout),
  own("film", "palette", ["control k"], () => change({ dialog: "palette" })),
  own("film", "shortcuts", ["?", "shift ?"], () =>
    change({ dialog: "shortcuts" }),
  ),
  own("film", "storage", [], () => change({ dialog: "storage" })),
  own("film", "export", ["control e"], () => change({ dialog: "export" })),
  own("film", "save", ["control s"], () => void saveNow()),
  own("film", "removeUnused", [], () => void removeUnused()),
  own("film", "close", [], closeFilm),
];

/** What the timeline's keys do; keys that do the same are one command. */
function editCommands(): Command[] {
  const byLabel = new Map<string, Command & { keys: string[] }>();
  const labels: Readonly<Record<string, string>> = strings.palette.editKeys;
  for (const [key, run] of Object.entries(EDIT_KEYS)) {
    const label = labels[key] ?? key;
    const known = byLabel.get(label);
    if (known) known.keys.push(key);
    else
      byLabel.set(label, { id: key, label, group: "edit", keys: [key], run });
  }
  return [...byLabel.values()];
}

export const COMMANDS: readonly Command[] = [
  ...PLAYING,
  ...editCommands(),
  ...OTHERS,
];

/** The keys of a command now. */
export const keysOf = ({ id, keys }: Command): readonly string[] =>
  useShortcuts.getState().own[id] ?? keys;

/** What a key does now. */
export function commandFor(key: string): Command | null {
  const { own: chosen } = useShortcuts.getState();
  const mine = COMMANDS.find(({ id }) => chosen[id]?.includes(key));
  return (
    mine ??
    COMMANDS.find(({ id, keys }) => !chosen[id] && keys.includes(key)) ??
    null
  );
}

/** Gives a command another key; who had it loses it. */
export function setKey(command: Command, key: string | null) {
  const next: Record<string, readonly string[]> = {
    ...useShortcuts.getState().own,
  };
  for (const other of COMMANDS)
    if (key !== null && other.id !== command.id && keysOf(other).includes(key))
      next[other.id] = keysOf(other).filter((one) => one !== key);
  next[command.id] = key === null ? [] : [key];
  setOwnKeys(next);
}

/** A command's usual keys again. */
export function resetKey({ id }: Command) {
  const { [id]: _gone, ...others } = useShortcuts.getState().own;
  setOwnKeys(others);
}
