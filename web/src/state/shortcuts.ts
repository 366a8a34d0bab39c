import { create } from "zustand";
import { remember, remembered } from "@/state/remembered";

const PLACE = "cutroom.shortcuts";

/** Keys that somebody has chosen, by the command's name; what is not here has its usual ones. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

export const useShortcuts = create<{ own: OwnKeys }>(() => ({
  own: remembered<OwnKeys>(PLACE, {}),
}));

/** For good. */
export function setOwnKeys(own: OwnKeys) {
  useShortcuts.setState({ own });
  remember(PLACE, own);
}

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

const SIGNS: Record<string, string> = {
  control: isMac ? "⌘" : "Ctrl",
  alt: isMac ? "⌥" : "Alt",
  shift: isMac ? "⇧" : "Shift",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  escape: "Esc",
  delete: "Del",
  backspace: "⌫",
  enter: "Enter",
  home: "Home",
  end: "End",
};

/** The keys of a name such as "control shift z", as they are written on a keyboard. */
export const keySigns = (name: string): string[] =>
  name === " "
    ? ["Space"]
    : name
        .split(" ")
        .filter((part) => part !== "")
        .map((part) => SIGNS[part] ?? part.toUpperCase());

const MODIFIERS = new Set(["control", "shift", "alt", "meta"]);

/** The name of a key with what is held with it; null for a modifier alone. Command is as Control. */
export function keyName(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}): string | null {
  const key = event.key.toLowerCase();
  if (MODIFIERS.has(key)) return null;
  return (
    (event.ctrlKey || event.metaKey ? "control " : "") +
    (event.altKey ? "alt " : "") +
    (event.shiftKey ? "shift " : "") +
    key
  );
}
