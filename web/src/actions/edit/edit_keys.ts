// What keys do to the timeline: the key with the modifiers before it, as actions/keys.ts names them.
import { redo, undo } from "@/actions/edit/apply";
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
  toggleLink,
  ungroupSelected,
} from "@/actions/edit/link_clips";
import { addMarker } from "@/actions/edit/markers";
import { nudgeClips } from "@/actions/edit/move_clips";
import { rateNow } from "@/actions/edit/playhead";
import { toggleOff } from "@/actions/edit/set_clips";
import { slideBy } from "@/actions/edit/slide_clip";
import { slipBy } from "@/actions/edit/slip_clip";
import { splitAtPlayhead } from "@/actions/edit/split_clips";
import {
  clearMarks,
  extractStretch,
  liftStretch,
  markIn,
  markOut,
  markSelected,
} from "@/actions/edit/stretch";
import { addTransitionHere } from "@/actions/edit/transitions";
import { trimBy, trimToPlayhead } from "@/actions/edit/trim_clip";
import { fitFilm, fitSelected, zoomAtPlayhead } from "@/actions/edit/zoom";
import { projectNow } from "@/state/project";
import { selectClips, selectNothing, selectionNow } from "@/state/selection";
import { chooseTool, toggleSnapping } from "@/state/timeline_view";
import { frameStart } from "@/state/time";

const frames = (count: number) =>
  Math.sign(count) * frameStart(Math.abs(count), rateNow());

/** A nudge with Shift. */
const MANY = 10;

export const selectAll = () =>
  selectClips(projectNow().places.keys(), selectionNow().focus);

export const EDIT_KEYS: Record<string, () => void> = {
  "control z": () => void undo(),
  "control shift z": () => void redo(),
  "control y": () => void redo(),
  "control x": () => void cutSelected(),
  "control c": () => void copySelected(),
  "control v": () => void paste(false),
  "control shift v": () => void paste(true),
  "control alt v": () => void pasteAttributes(),
  "control d": () => void duplicateSelected(),
  "control a": selectAll,
  "control shift a": selectNothing,
  escape: selectNothing,
  "control l": () => void toggleLink(),
  "control g": () => void groupSelected(),
  "control shift g": () => void ungroupSelected(),
  s: () => void splitAtPlayhead(),
  "control b": () => void splitAtPlayhead(),
  delete: () => void deleteSelected(false),
  backspace: () => void deleteSelected(false),
  "shift delete": () => void deleteSelected(true),
  "shift backspace": () => void deleteSelected(true),
  v: () => chooseTool("select"),
  t: () => chooseTool("trim"),
  b: () => chooseTool("blade"),
  y: () => chooseTool("slip"),
  u: () => chooseTool("slide"),
  n: toggleSnapping,
  i: markIn,
  o: markOut,
  x: markSelected,
  "shift x": clearMarks,
  ";": () => void liftStretch(),
  "'": () => void extractStretch(),
  "[": () => void trimToPlayhead("start", "trim"),
  "]": () => void trimToPlayhead("end", "trim"),
  q: () => void trimToPlayhead("start", "ripple-trim"),
  w: () => void trimToPlayhead("end", "ripple-trim"),
  "alt [": () => void trimBy("start", "trim", frames(-1)),
  "alt ]": () => void trimBy("end", "trim", frames(1)),
  "alt shift {": () => void trimBy("start", "trim", frames(1)),
  "alt shift }": () => void trimBy("end", "trim", frames(-1)),
  "control [": () => void trimBy("end", "roll", frames(-1)),
  "control ]": () => void trimBy("end", "roll", frames(1)),
  "alt arrowleft": () => void nudgeClips(frames(-1), 0),
  "alt arrowright": () => void nudgeClips(frames(1), 0),
  "alt shift arrowleft": () => void nudgeClips(frames(-MANY), 0),
  "alt shift arrowright": () => void nudgeClips(frames(MANY), 0),
  "alt arrowup": () => void nudgeClips(0, -1),
  "alt arrowdown": () => void nudgeClips(0, 1),
  "alt ,": () => void slipBy(frames(-1)),
  "alt .": () => void slipBy(frames(1)),
  ",": () => void slideBy(frames(-1)),
  ".": () => void slideBy(frames(1)),
  "shift t": () => void addTransitionHere(),
  "shift m": () => void addMarker(),
  "shift e": () => void toggleOff(),
  "+": () => zoomAtPlayhead(0.7),
  "shift +": () => zoomAtPlayhead(0.7),
  "=": () => zoomAtPlayhead(0.7),
  "-": () => zoomAtPlayhead(1 / 0.7),
  "shift z": fitFilm,
  z: fitSelected,
};

/** Those that go on as long as the key is held. */
export const REPEATED =
  /^(alt |control )?(shift )?(arrow\w+|[[\]{},.+=-])$|^control (shift )?[zy]$/;
