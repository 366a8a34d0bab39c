// What was copied. Of this page: it outlives the film that it came from only as long as its assets are there.
import { create } from "zustand";
import type { Ticks } from "@/engine/engine";
import { endOf, type Clip, type Place, type TrackKind } from "@/state/project";

/** A copied clip and where it was. */
export interface Copied {
  clip: Clip;
  track: string;
  kind: TrackKind;
}

export interface Clipboard {
  clips: readonly Copied[];
  /** Where the first began. */
  start: Ticks;
  /** From there to where the last ended. */
  duration: Ticks;
}

export const clipboardOf = (places: readonly Place[]): Clipboard => {
  const start = Math.min(...places.map(({ clip }) => clip.start));
  const end = Math.max(...places.map(({ clip }) => endOf(clip)));
  return {
    clips: places.map(({ clip, track }) => ({
      clip,
      track: track.id,
      kind: track.kind,
    })),
    start,
    duration: end - start,
  };
};

export const useClipboard = create<{ copied: Clipboard | null }>(() => ({
  copied: null,
}));

export const copiedNow = () => useClipboard.getState().copied;

export const keepCopied = (copied: Clipboard) =>
  useClipboard.setState({ copied });
