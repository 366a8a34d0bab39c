import { create } from "zustand";
import type { PersonHere } from "@/server/types";

/** Tells the windows of one person apart. */
export const thisWindow = crypto.randomUUID();

/** Who else is at the open film. Written by actions/edit/with_people only. */
export const usePeople = create<{ others: readonly PersonHere[] }>(() => ({
  others: [],
}));

/** Colours that are told apart on light and on dark. */
const COLOURS = [
  "#2563c9",
  "#b3391f",
  "#0e7c66",
  "#8a3fb8",
  "#a15c00",
  "#c2187a",
] as const;

/** The colour of one window, the same in every other. */
export function colourOf({ here }: PersonHere): string {
  let sum = 0;
  for (const letter of here.window) sum = (sum * 31 + letter.charCodeAt(0)) | 0;
  return COLOURS[Math.abs(sum) % COLOURS.length] ?? COLOURS[0];
}
