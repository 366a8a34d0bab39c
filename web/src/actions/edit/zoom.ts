import { playheadNow, rateNow } from "@/actions/edit/playhead";
import { endOf, projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import {
  boundsOf,
  fitView,
  viewNow,
  zoomAt,
  type Bounds,
} from "@/state/timeline_view";

export const boundsNow = (): Bounds =>
  boundsOf(projectNow().project, rateNow());

/** The view takes [factor] times as much; the playhead stays where it is, or the middle if it is not in sight. */
export function zoomAtPlayhead(factor: number) {
  const { left, scale, width } = viewNow();
  const x = (playheadNow() - left) / scale;
  zoomAt(x >= 0 && x <= width ? x : width / 2, factor, boundsNow());
}

/** All of the film. */
export const fitFilm = () => fitView(boundsNow());

/** What is selected, or all of the film. */
export function fitSelected() {
  const clips = [...selectionNow().clips].flatMap(
    (id) => projectNow().places.get(id)?.clip ?? [],
  );
  if (clips.length === 0) return fitFilm();
  const start = Math.min(...clips.map((clip) => clip.start));
  const end = Math.max(...clips.map(endOf));
  fitView(boundsNow(), { start, duration: end - start });
}
