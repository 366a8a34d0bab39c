import { useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import { drawMedia } from "@/actions/draw_media";
import { fitFilm } from "@/actions/edit/zoom";
import type { FilmInfo } from "@/engine/engine";
import { Menu, type MenuPlace } from "@/parts/floating_menu";
import { filmOf, useProject } from "@/state/project";
import { useSession } from "@/state/session";
import {
  boundsOf,
  resetView,
  setWidth,
  useView,
  viewNow,
} from "@/state/timeline_view";
import { strings } from "@/strings";
import { AddTrack, Headers } from "./headers";
import { Lanes } from "./lanes";
import { Overview } from "./overview";
import { Others } from "./others";
import { Playhead } from "./playhead";
import { RulerBar } from "./ruler_bar";
import { selectionMenu } from "./selection_menu";
import { Toolbar } from "./toolbar";
import { useScene } from "./use_scene";
import { useWheel } from "./use_wheel";

/** Keeps the width of the lanes, and what is painted in step with the size of it all. */
function useSize(paint: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [height, setSeen] = useState(0);
  useEffect(() => {
    const measure = () => {
      const lanes = bar.current?.querySelector<HTMLElement>("[data-ruler]");
      setWidth(lanes?.clientWidth ?? 0);
      setSeen(scroller.current?.clientHeight ?? 0);
      paint();
    };
    const observer = new ResizeObserver(measure);
    for (const { current } of [scroller, bar])
      if (current) observer.observe(current);
    return () => observer.disconnect();
  }, [paint]);
  return { scroller, bar, height };
}

/** The film as its tracks: everything about when and how long. */
export function Timeline({ info }: { info: FilmInfo }) {
  const player = useSession((session) => session.player);
  const number = useSession((session) => session.open?.number ?? 0);
  const film = useProject(filmOf);
  const project = useProject((state) => state.project);
  const lanes = useRef<HTMLCanvasElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const painter = useRef(() => undefined as void);
  const { scroller, bar, height } = useSize(
    useRef(() => painter.current()).current,
  );
  const { layout, paint, attention } = useScene(info, {
    lanes,
    ruler,
    scroller,
  });
  painter.current = paint;
  const bounds = useMemo(
    () => boundsOf(project, info.rate),
    [project, info.rate],
  );
  useWheel(scroller, bar, bounds);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const isThere = project !== null;
  useEffect(() => {
    if (!isThere) return;
    resetView();
    fitFilm();
  }, [number, isThere]);
  const width = useView((view) => view.width);
  useEffect(() => {
    if (viewNow().isFitted) fitFilm();
  }, [width]);
  const opened = useSession((session) => session.open?.film ?? null);
  useEffect(() => (opened ? drawMedia(opened) : undefined), [opened]);
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    setMenu({ x: event.clientX, y: event.clientY });
  };
  return (
    <section
      aria-label={strings.timeline.label}
      className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-panel bg-surface"
    >
      <Toolbar info={info} />
      {/* Time goes to the right, and the heads stand where it begins, whichever way the page is read. */}
      <div dir="ltr" className="relative flex min-h-0 flex-1 flex-col pl-1.5">
        <div ref={bar} className="flex shrink-0">
          <AddTrack />
          <RulerBar canvas={ruler} bounds={bounds} />
        </div>
        <div
          ref={scroller}
          id="timeline-lanes"
          className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [scrollbar-width:none]"
          onScroll={paint}
          onContextMenu={onContextMenu}
        >
          <div className="flex min-h-full gap-0">
            <Headers layout={layout} tracks={film?.tracks ?? []} />
            <Lanes
              info={info}
              layout={layout}
              bounds={bounds}
              canvas={lanes}
              height={height}
              attention={attention}
              paint={paint}
            />
          </div>
        </div>
        <Others />
        <Playhead player={player} bounds={bounds} />
        <p id="timeline-help" className="sr-only">
          {strings.timeline.surfaceHelp}
        </p>
      </div>
      <div dir="ltr" className="flex shrink-0 py-1.5 pr-1.5 pl-11.5 sm:pl-45.5">
        <Overview info={info} bounds={bounds} />
      </div>
      {menu && (
        <Menu
          label={strings.timeline.menu.label}
          place={menu}
          groups={selectionMenu()}
          onClose={() => setMenu(null)}
        />
      )}
    </section>
  );
}
