// An asset of the bin over the lanes, and dropped on them.
import { onFrame } from "@/actions/edit/playhead";
import { putAsset, STILL_DURATION } from "@/actions/edit/put_asset";
import { strings } from "@/strings";
import { endDrag, showDrag } from "@/state/timeline_drag";
import { nearestRow, rowAt, type Layout } from "@/state/timeline_geometry";
import { noteAt, snapper, type Pointing } from "./gesture";

function aim(pointing: Pointing) {
  const near = snapper(new Set())([pointing.at], 0, pointing);
  return { at: near.guide ?? onFrame(pointing.at), guide: near.guide };
}

const modeOf = ({ control }: Pointing) => (control ? "insert" : "overwrite");

/** Shows where it would land. What it is, is not known before it is dropped. */
export function overAsset(pointing: Pointing, layout: Layout) {
  const { at, guide } = aim(pointing);
  const row = nearestRow(layout, pointing.y);
  const mode = modeOf(pointing);
  showDrag({
    guide,
    room: mode === "insert" ? at : null,
    ghosts: row
      ? [{ track: row.track.id, start: at, duration: STILL_DURATION, name: "" }]
      : [],
    note: strings.timeline.edits[mode],
    noteAt: noteAt(pointing),
  });
}

export const endDropping = endDrag;

/** Puts it where it was shown. */
export async function dropAsset(
  asset: string,
  pointing: Pointing,
  layout: Layout,
) {
  const { at } = aim(pointing);
  const track = rowAt(layout, pointing.y)?.track.id ?? null;
  await putAsset(asset, { mode: modeOf(pointing), at, track });
  endDrag();
}
