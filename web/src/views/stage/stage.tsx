import { useEffect, useRef, useState } from "react";
import { playOrPause } from "@/actions/play";
import { showFilm } from "@/actions/show_film";
import { usePlayerState } from "@/state/player_state";
import { useSession } from "@/state/session";
import { strings } from "@/strings";

/** A wait that is shorter than this needs no words. */
const PATIENCE_MS = 400;

/** The largest box of the film's shape in [width]×[height], on whole device pixels. */
function fit(width: number, height: number, shape: number) {
  const wide = Math.min(width, height * shape);
  const ratio = window.devicePixelRatio;
  const pixels = (css: number) => Math.max(1, Math.round(css * ratio));
  return { width: pixels(wide), height: pixels(wide / shape), ratio };
}

/** Keeps the canvas's box in the film's shape, and tells the player its size in device pixels. */
function useFit(shape: number) {
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 1, height: 1, ratio: 1 });
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () =>
      setSize(fit(element.clientWidth, element.clientHeight, shape));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [shape]);
  return { place, size };
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
      className="appear pointer-events-none absolute top-3 left-3 rounded-full bg-stage/75 px-3 py-1 text-xs text-on-stage"
    >
      {strings.stage.waiting}
    </p>
  );
}

/** The picture. It lives as long as the film is open: a canvas belongs to one player. */
export function Stage({ width, height }: { width: number; height: number }) {
  const player = useSession((session) => session.player);
  const { place, size } = useFit(width / height);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const canvas = document.createElement("canvas");
    canvas.className = "block size-full";
    frame.current?.append(canvas);
    const end = showFilm(canvas);
    return () => {
      end();
      canvas.remove();
    };
  }, []);
  useEffect(() => {
    player?.resize(size.width, size.height);
  }, [player, size.width, size.height]);
  return (
    <section
      data-stage
      aria-label={strings.stage.label}
      className="relative min-h-0 flex-1 overflow-hidden rounded-panel bg-stage"
    >
      <div ref={place} className="absolute inset-0" />
      <div
        ref={frame}
        onClick={playOrPause}
        className="absolute inset-0 m-auto"
        style={{
          width: size.width / size.ratio,
          height: size.height / size.ratio,
        }}
      />
      <Waiting />
    </section>
  );
}
