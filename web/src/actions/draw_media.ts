import type { Film } from "@/engine/engine";
import { projectNow, useProject } from "@/state/project";
import { now } from "@/state/session";
import {
  drawWith,
  MadeSketches,
  NO_SKETCHES,
  sketchesChanged,
} from "@/state/timeline_sketches";

/** Uris of what can be drawn now. */
const mediaNow = () =>
  [...projectNow().assets.values()].map(({ uri }) => uri).join("\n");

/** Has the open film's media drawn for its timeline, until the returned function is called. */
export function drawMedia(film: Film): () => void {
  let sketches: MadeSketches | null = null;
  let media = "";
  let asked = 0;
  const end = () => {
    drawWith(NO_SKETCHES);
    sketches?.close();
    sketches = null;
  };
  const begin = async () => {
    if (mediaNow() === media) return;
    media = mediaNow();
    const mine = ++asked;
    // A timeline without drawings does everything else: there is nothing to tell.
    const sketcher = await now()
      .engine?.sketcher(film)
      .catch(() => null);
    if (!sketcher) {
      media = ""; // the next change of the film tries again
      return;
    }
    if (mine !== asked) return sketcher.close();
    end();
    sketches = new MadeSketches(sketcher, sketchesChanged);
    drawWith(sketches);
  };
  void begin();
  const leave = useProject.subscribe(() => void begin());
  return () => {
    asked++;
    leave();
    end();
  };
}
