import { tell } from "@/actions/tell_trouble";
import { applyEdit, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import { playheadNow, rateNow } from "@/actions/edit/playhead";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import {
  endOf,
  projectNow,
  type Clip,
  type Place,
  type Transition,
} from "@/state/project";
import { selectionNow, selectTransition } from "@/state/selection";
import { frameAt, frameStart } from "@/state/time";
import { touching } from "@/state/timeline_trims";
import { strings } from "@/strings";

export const TRANSITION_KINDS = [
  "cross-dissolve",
  "dip-to-color",
  "wipe",
  "slide",
  "push",
  "zoom",
] as const;

export type TransitionKind = (typeof TRANSITION_KINDS)[number];

/** As long as nobody says otherwise. */
const USUAL = TICKS_PER_SECOND / 2;

/** A whole number of frames that is not longer than [length]. */
const frames = (length: Ticks) => {
  const rate = rateNow();
  return frameStart(Math.max(1, frameAt(length, rate)), rate);
};

/** Over the cut between two clips, or over the edge of one. */
export function transitionEdit(
  track: string,
  from: Clip | null,
  to: Clip | null,
  kind: TransitionKind,
  id = newId("t"),
): Edit | null {
  const cut = from ? endOf(from) : to?.start;
  if (cut === undefined) return null;
  const shortest = Math.min(
    from?.duration ?? Infinity,
    to?.duration ?? Infinity,
  );
  const length = frames(Math.min(USUAL, shortest));
  const before = from && to ? frames(length / 2) : from ? length : 0;
  return {
    op: "add-transition",
    track,
    transition: {
      id,
      kind,
      ...(from && { from: from.id }),
      ...(to && { to: to.id }),
      start: cut - before,
      duration: length,
    },
  };
}

/**
 * A transition where [place] touches the next clip, or the one before, or at its end. One that is there
 * already is selected, and becomes of this kind.
 */
export async function addTransition(
  place: Place,
  kind?: TransitionKind,
): Promise<boolean> {
  const { clip, track } = place;
  const behind = touching(place, "end");
  const before = behind ? null : touching(place, "start");
  const [from, to] = before ? [before, clip] : [clip, behind];
  const known = track.transitions.find(
    (one) => one.from === from.id && one.to === to?.id,
  );
  if (known) {
    selectTransition(known.id);
    return kind && kind !== known.kind
      ? setTransition(known.id, { kind })
      : true;
  }
  const id = newId("t");
  const edit = transitionEdit(track.id, from, to, kind ?? "cross-dissolve", id);
  const isThere = await applyEdit(edit, strings.timeline.edits.transition);
  if (isThere) selectTransition(id);
  return isThere;
}

/** The clip that ends where the playhead stands and touches the next, on the uppermost track of pictures. */
function cutAtPlayhead(): Place | undefined {
  const at = playheadNow();
  const cuts = [...projectNow().places.values()].filter(
    (place) =>
      place.track.kind === "video" &&
      endOf(place.clip) === at &&
      touching(place, "end") !== null,
  );
  return cuts.at(-1);
}

/** At the selected clip that has the keyboard; else at the cut under the playhead. */
export function addTransitionHere(kind?: TransitionKind): Promise<boolean> {
  const { clips, focus } = selectionNow();
  const own = projectNow().places.get(focus ?? "");
  const place = focus && clips.has(focus) ? own : (cutAtPlayhead() ?? own);
  if (place && place.track.kind !== "audio") return addTransition(place, kind);
  tell({ message: strings.timeline.cannot.noCut, place: "" });
  return Promise.resolve(false);
}

export const setTransitionEdit = (
  transition: string,
  values: Partial<Pick<Transition, "start" | "duration" | "kind" | "params">>,
): Edit => ({ op: "set", transition, values });

export const setTransition = (...args: Parameters<typeof setTransitionEdit>) =>
  applyEdit(setTransitionEdit(...args), strings.timeline.edits.transition);

export const removeTransition = (transition: string) =>
  applyEdit(
    { op: "remove-transition", transition },
    strings.timeline.edits.removeTransition,
  );
