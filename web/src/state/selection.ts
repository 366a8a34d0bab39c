// What is selected on the timeline, and what has the keyboard.
import { create } from "zustand";
import type { Ticks } from "@/engine/engine";

export interface Selection {
  /** Ids of clips. */
  clips: ReadonlySet<string>;
  /** The clip that the keyboard is at and ranges begin from. */
  focus: string | null;
  /** A transition that is selected; then no clips are. */
  transition: string | null;
  /** A marker that is selected; then no clips are. */
  marker: string | null;
  /** The track that edits without a clip go to. */
  track: string | null;
  /** The stretch between the in and the out point. */
  in: Ticks | null;
  out: Ticks | null;
}

const NONE: Selection = {
  clips: new Set(),
  focus: null,
  transition: null,
  marker: null,
  track: null,
  in: null,
  out: null,
};

export const useSelection = create<Selection>(() => NONE);

/** The selection now. */
export const selectionNow = useSelection.getState;

const set = useSelection.setState;

/** These clips and nothing else. The last has the keyboard unless [focus] is named. */
export function selectClips(ids: Iterable<string>, focus?: string | null) {
  const clips = new Set(ids);
  set({
    clips,
    focus: focus !== undefined ? focus : ([...clips].pop() ?? null),
    transition: null,
    marker: null,
  });
}

/** In or out of what is selected. */
export function toggleClips(ids: readonly string[]) {
  const clips = new Set(selectionNow().clips);
  const isIn = ids.every((id) => clips.has(id));
  for (const id of ids) isIn ? clips.delete(id) : clips.add(id);
  set({ clips, focus: ids[0] ?? null, transition: null, marker: null });
}

/** The keyboard is at this clip; the selection stays. */
export const focusClip = (focus: string | null) => set({ focus });

export const selectTransition = (transition: string | null) =>
  set({ clips: new Set(), transition, marker: null });

export const selectMarker = (marker: string | null) =>
  set({ clips: new Set(), transition: null, marker });

export const selectTrack = (track: string | null) => set({ track });

export const selectNothing = () =>
  set({ clips: new Set(), transition: null, marker: null });

/** The in and out points; null takes one away. */
export const markStretch = (stretch: {
  in?: Ticks | null;
  out?: Ticks | null;
}) => set(stretch);

/** Another film: nothing is selected, nothing marked. */
export const resetSelection = () => set(NONE);

/** Leaves only what is still there: called after every edit. */
export function keepSelected(
  hasClip: (id: string) => boolean,
  hasOther: (id: string) => boolean,
) {
  const { clips, focus, transition, marker, track } = selectionNow();
  const left = [...clips].filter(hasClip);
  set({
    ...(left.length !== clips.size && { clips: new Set(left) }),
    ...(focus && !hasClip(focus) && { focus: left[0] ?? null }),
    ...(transition && !hasOther(transition) && { transition: null }),
    ...(marker && !hasOther(marker) && { marker: null }),
    ...(track && !hasOther(track) && { track: null }),
  });
}
