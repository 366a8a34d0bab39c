// Brings what the canvases show together, and paints when any of it changes: at most once a refresh.
import { useEffect, useMemo, useRef, type RefObject } from "react";
import type { FilmInfo } from "@/engine/engine";
import {
  clipName,
  filmOf,
  projectNow,
  useProject,
  type Clip,
} from "@/state/project";
import { selectionNow, useSelection } from "@/state/selection";
import { dragNow, useDrag } from "@/state/timeline_drag";
import { layoutOf, type Layout } from "@/state/timeline_geometry";
import { sketchesNow, watchSketches } from "@/state/timeline_sketches";
import { useView, viewNow } from "@/state/timeline_view";
import { strings } from "@/strings";
import { paintLanes } from "./paint_lanes";
import { paintRuler, RULER_HEIGHT } from "./paint_ruler";
import type { Scene } from "./paint_scene";
import { readPalette, watchPalette, type Palette } from "./palette";

/** The elements that are painted on and looked at. */
export interface Surfaces {
  lanes: RefObject<HTMLCanvasElement | null>;
  ruler: RefObject<HTMLCanvasElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
}

/** What only the lanes know: what the pointer is over, and whether the keyboard is theirs. */
export interface Attention {
  hovered: string | null;
  hasFocus: boolean;
}

const nameOf = (clip: Clip) =>
  clipName(clip) || strings.timeline.nameless[clip.kind];

/** Fits a canvas to its box, sharp on this display. Gives its context in CSS pixels. */
function contextOf(canvas: HTMLCanvasElement, width: number, height: number) {
  const ratio = window.devicePixelRatio;
  const wide = Math.max(1, Math.round(width * ratio));
  const high = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

function sceneNow(
  info: FilmInfo,
  layout: Layout,
  scroller: HTMLElement,
  attention: Attention,
  palette: Palette,
): Scene | null {
  const film = filmOf(projectNow());
  if (!film) return null;
  return {
    film,
    assets: projectNow().assets,
    rate: info.rate,
    layout,
    view: viewNow(),
    top: scroller.scrollTop,
    height: scroller.clientHeight,
    selection: selectionNow(),
    drag: dragNow(),
    hovered: attention.hovered,
    hasFocus: attention.hasFocus,
    palette,
    sketches: sketchesNow(),
    nameOf,
  };
}

/** The rows, and how to have everything painted again. */
export function useScene(info: FilmInfo, surfaces: Surfaces) {
  const film = useProject(filmOf);
  const heights = useView((view) => view.heights);
  const layout = useMemo(
    () => layoutOf(film?.tracks ?? [], heights),
    [film, heights],
  );
  const attention = useRef<Attention>({ hovered: null, hasFocus: false });
  const palette = useRef<Palette | null>(null);
  const asked = useRef(0);
  const latest = useRef({ info, layout });
  latest.current = { info, layout };

  const painter = useRef(() => {
    if (asked.current !== 0) return;
    asked.current = requestAnimationFrame(() => {
      asked.current = 0;
      const { lanes, ruler, scroller } = surfaces;
      if (!lanes.current || !ruler.current || !scroller.current) return;
      palette.current ??= readPalette(scroller.current);
      const scene = sceneNow(
        latest.current.info,
        latest.current.layout,
        scroller.current,
        attention.current,
        palette.current,
      );
      if (!scene) return;
      const { width } = scene.view;
      const high = contextOf(ruler.current, width, RULER_HEIGHT);
      if (high) paintRuler(high, scene);
      const wide = contextOf(lanes.current, width, scene.height);
      if (wide) paintLanes(wide, scene);
    });
  });
  const paint = painter.current;

  useEffect(paint, [paint, layout, info]);
  useEffect(() => {
    const ends = [
      useView.subscribe(paint),
      useSelection.subscribe(paint),
      useDrag.subscribe(paint),
      useProject.subscribe(paint),
      watchSketches(paint),
      watchPalette(() => {
        palette.current = null;
        paint();
      }),
    ];
    return () => ends.forEach((end) => end());
  }, [paint]);
  return { layout, paint, attention };
}
