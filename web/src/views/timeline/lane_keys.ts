// The keyboard on the lanes: from clip to clip. What is done to clips has keys that hold on the whole page.
import type { KeyboardEvent } from "react";
import { seekTo } from "@/actions/play";
import { endOf, projectNow, type Clip } from "@/state/project";
import {
  focusClip,
  selectClips,
  selectionNow,
  selectTrack,
  toggleClips,
} from "@/state/selection";
import { firstEndingAfter, type Layout } from "@/state/timeline_geometry";
import { companyOf } from "@/state/timeline_moves";
import { reveal, type Bounds } from "@/state/timeline_view";

/** The clip nearest to [at] on the next track in [direction] that has any. */
function acrossTracks(
  layout: Layout,
  from: string,
  at: number,
  direction: 1 | -1,
): Clip | null {
  const rows = layout.rows;
  const place = rows.findIndex(({ track }) => track.id === from);
  for (let next = place + direction; rows[next]; next += direction) {
    const clips = rows[next]?.track.clips ?? [];
    const found =
      clips[Math.min(clips.length - 1, firstEndingAfter(clips, at))];
    if (found) return found;
  }
  return null;
}

/** The clip that a key goes to from the one that has the keyboard; null: it goes nowhere. */
function nextClip(key: string, layout: Layout): Clip | null {
  const { places } = projectNow();
  const place = places.get(selectionNow().focus ?? "");
  if (!place)
    return (
      layout.rows.find(({ track }) => track.clips.length > 0)?.track.clips[0] ??
      null
    );
  const { clip, track } = place;
  const at = track.clips.indexOf(clip);
  const middle = clip.start + Math.min(clip.duration, endOf(clip)) / 2;
  switch (key) {
    case "ArrowRight":
      return track.clips[at + 1] ?? null;
    case "ArrowLeft":
      return track.clips[at - 1] ?? null;
    case "ArrowDown":
      return acrossTracks(layout, track.id, middle, 1);
    case "ArrowUp":
      return acrossTracks(layout, track.id, middle, -1);
    case "Home":
      return track.clips[0] ?? null;
    case "End":
      return track.clips[track.clips.length - 1] ?? null;
    default:
      return null;
  }
}

const MOVING = [
  "ArrowRight",
  "ArrowLeft",
  "ArrowDown",
  "ArrowUp",
  "Home",
  "End",
];

const withCompany = (id: string) =>
  companyOf(projectNow(), [id]).map(({ clip }) => clip.id);

function go(event: KeyboardEvent, layout: Layout, bounds: Bounds) {
  const clip = nextClip(event.key, layout);
  if (!clip) return;
  const { clips } = selectionNow();
  if (event.ctrlKey) focusClip(clip.id);
  else if (event.shiftKey) selectClips([...clips, clip.id], clip.id);
  else selectClips(withCompany(clip.id), clip.id);
  const track = projectNow().places.get(clip.id)?.track;
  if (track) selectTrack(track.id);
  reveal(clip.start, bounds);
}

/** Serves the lanes; what is not theirs goes on to the page. */
export function onLaneKey(
  event: KeyboardEvent,
  layout: Layout,
  bounds: Bounds,
) {
  if (event.altKey) return;
  const { focus } = selectionNow();
  if (MOVING.includes(event.key)) go(event, layout, bounds);
  else if (event.key === "Enter" && focus) {
    if (event.ctrlKey || event.shiftKey) toggleClips(withCompany(focus));
    else {
      selectClips(withCompany(focus), focus);
      seekTo(projectNow().places.get(focus)?.clip.start ?? 0);
    }
  } else return;
  event.preventDefault();
}
