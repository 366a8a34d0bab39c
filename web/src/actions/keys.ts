import { EDIT_KEYS, REPEATED } from "@/actions/edit/edit_keys";
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
import { toggleMute } from "@/actions/set_volume";
import { change, now } from "@/state/session";

/** What a key does: its name with the modifiers before it. */
const ACTIONS: Record<string, () => void> = {
  ...EDIT_KEYS,
  " ": playOrPause,
  j: () => (isHeld.has("k") ? stepFrames(-1) : shuttle(-1)),
  k: () => now().player?.pause(),
  l: () => (isHeld.has("k") ? stepFrames(1) : shuttle(1)),
  "shift l": toggleLoop,
  arrowleft: () => stepFrames(-1),
  arrowright: () => stepFrames(1),
  "shift arrowleft": () => stepSeconds(-1),
  "shift arrowright": () => stepSeconds(1),
  arrowup: () => toCut(-1),
  arrowdown: () => toCut(1),
  home: toStart,
  end: toEnd,
  m: toggleMute,
  f: () => toggleFullscreen(),
  "?": () => change({ dialog: "shortcuts" }),
  "shift ?": () => change({ dialog: "shortcuts" }),
  "control e": () => change({ dialog: "export" }),
};

const isHeld = new Set<string>();

/** The button that the focus came to by keyboard; pressing any key makes every focus visible. */
let meant: EventTarget | null = null;

/** The stage in full screen, or back. */
export function toggleFullscreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else
    void document
      .querySelector("[data-stage]")
      ?.requestFullscreen()
      .catch(() => undefined); // refused without a gesture: nothing changes
}

/** Keys that the focused control wants for itself. */
function belongsToControl(event: KeyboardEvent, name: string): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input:not([type=checkbox]), select, textarea, dialog"))
    return true;
  if (target.closest("[role=menu]")) return true;
  const isPressing = name === " " || name === "enter";
  // A button that was clicked keeps the focus; only who came to it by keyboard means it.
  return (
    isPressing &&
    (target === meant || target.matches("summary, [type=checkbox]"))
  );
}

/** A key with its modifiers; Command is as Control. */
const nameOf = (
  { ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  key: string,
) =>
  (ctrlKey || metaKey ? "control " : "") +
  (altKey ? "alt " : "") +
  (shiftKey ? "shift " : "") +
  key;

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented) return;
  const key = event.key.toLowerCase();
  const name = nameOf(event, key);
  if (now().scene.kind !== "film" || now().dialog) return;
  const action = ACTIONS[name];
  if (!action || belongsToControl(event, key)) return;
  event.preventDefault();
  isHeld.add(key);
  const isRepeated = key.startsWith("arrow") || REPEATED.test(name);
  if (!event.repeat || isRepeated) action();
}

/** Serves the keyboard until the returned function is called. */
export function listenToKeys(): () => void {
  const onKeyUp = (event: KeyboardEvent) =>
    isHeld.delete(event.key.toLowerCase());
  const onBlur = () => isHeld.clear();
  const onFocus = ({ target }: FocusEvent) => {
    const isVisible =
      target instanceof HTMLElement && target.matches(":focus-visible");
    meant = isVisible ? target : null;
  };
  window.addEventListener("keydown", onKeyDown);
  window.addEventListener("keyup", onKeyUp);
  window.addEventListener("blur", onBlur);
  window.addEventListener("focusin", onFocus);
  return () => {
    window.removeEventListener("keydown", onKeyDown);
    window.removeEventListener("keyup", onKeyUp);
    window.removeEventListener("blur", onBlur);
    window.removeEventListener("focusin", onFocus);
  };
}
