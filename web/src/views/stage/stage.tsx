import { useEffect, useRef, useState } from "react";
import { showFilm } from "@/actions/show_film";
import type { Size } from "@/state/clip_box";
import { usePlayerState } from "@/state/player_state";
import { useSession } from "@/state/session";
import { useStageView, type StageView } from "@/state/stage_view";
import { strings } from "@/strings";
import { Overlay } from "./overlay";

/** A wait that is shorter than this needs no words. */
const PATIENCE_MS = 400;

/** The largest box of the film's shape in [place], or the film's size times [zoom]. */
function boxOf(place: Size, film: Size, zoom: StageView["zoom"]): Size {
  if (zoom !== "fit")
    return { width: film.width * zoom, height: film.height * zoom };
  const shape = film.width / film.height;
  const wide = Math.min(place.width, place.height * shape);
  return { width: wide, height: wide / shape };
}

/** On whole device pixels, and no more of them than the film has, four times at most. */
function pixelsOf({ width, height }: Size, film: Size) {
  const ratio = window.devicePixelRatio;
  const most = (2 * film.width) / Math.max(1, width * ratio);
  const pixels = (css: number) =>
    Math.max(1, Math.round(css * ratio * Math.min(1, most)));
  return { width: pixels(width), height: pixels(height) };
}

/** Keeps the canvas's box in the film's shape. */
function useBox(film: Size, zoom: StageView["zoom"]) {
  const place = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 1, height: 1 });
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () =>
      setRoom({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, box: boxOf(room, film, zoom) };
}

function Waiting() {
  const player = useSession((session) => session.player);
  const isWaiting = usePlayerState(player, (state) => state.isWaiting, true);
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isWaiting) return setIsLong(false);
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  if (!isLong) return null;
  return (
    <p
      role="status"
      className="appear pointer-events-none absolute start-3 top-3 rounded-full bg-stage/75 px-3 py-1 text-xs text-on-stage"
    >
      {strings.stage.waiting}
    </p>
  );
}

/** The picture. It lives as long as the film is open: a canvas belongs to one player. */
export function Stage({ width, height }: { width: number; height: number }) {
  const player = useSession((session) => session.player);
  const zoom = useStageView((view) => view.zoom);
  const film = { width, height };
  const { place, box } = useBox(film, zoom);
  const pixels = pixelsOf(box, film);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const canvas = document.createElement("canvas");
    canvas.className = "block size-full";
    frame.current?.prepend(canvas);
    const end = showFilm(canvas);
    return () => {
      end();
      canvas.remove();
    };
  }, []);
  useEffect(() => {
    player?.resize(pixels.width, pixels.height);
  }, [player, pixels.width, pixels.height]);
  return (
    <section
      data-stage
      aria-label={strings.stage.label}
      className="group/stage relative min-h-0 flex-1 overflow-hidden rounded-panel bg-stage"
    >
      <div ref={place} className="absolute inset-3" />
      <div
        className={`absolute inset-0 grid place-items-center ${zoom === "fit" ? "overflow-hidden" : "overflow-auto [place-items:safe_center]"}`}
      >
        <div ref={frame} className="relative" style={box}>
          <Overlay canvas={film} scale={box.width / width} />
        </div>
      </div>
      <Waiting />
    </section>
  );
}
