import { commandFor } from "@/actions/commands";
import { REPEATED } from "@/actions/edit/edit_keys";
import { heldKeys } from "@/state/held_keys";
import { change, now } from "@/state/session";
import { keyName } from "@/state/shortcuts";

/** The button that the focus came to by keyboard; pressing any key makes every focus visible. */
let meant: EventTarget | null = null;

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

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented) return;
  const key = event.key.toLowerCase();
  const name = keyName(event);
  if (name === null || now().scene.kind !== "film") return;
  // The palette opens from anywhere, and closes again by the same keys.
  const command = commandFor(name);
  if (command?.id === "palette") {
    event.preventDefault();
    return change(({ dialog }) => ({
      dialog: dialog === "palette" ? null : "palette",
    }));
  }
  if (!command || now().dialog || belongsToControl(event, key)) return;
  event.preventDefault();
  heldKeys.add(key);
  const isRepeated = key.startsWith("arrow") || REPEATED.test(name);
  if (!event.repeat || isRepeated) command.run();
}

/** Serves the keyboard until the returned function is called. */
export function listenToKeys(): () => void {
  const onKeyUp = (event: KeyboardEvent) =>
    heldKeys.delete(event.key.toLowerCase());
  const onBlur = () => heldKeys.clear();
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
