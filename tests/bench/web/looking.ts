// Looking at a clip: how long a picture takes to be there after a seek, and how many are shown while it is
// scrubbed. One clip of 1080p with a key frame every 250, on a canvas; the peers are a video element and
// mediabunny's CanvasSink.

import { startEngine } from "@/engine/start";
import { TICKS_PER_SECOND, type Player } from "@/engine/engine";
import { BlobSource, CanvasSink, Input, MP4 } from "mediabunny";
import { fetchMedia, FRAME_RATE } from "./film";

const CLIP = "one.mp4";
const WIDTH = 1280;
const HEIGHT = 720;

/** Shows the clip at a time, in frames; resolves when that picture is there. */
interface Viewer {
  show(frame: number): Promise<void>;
  /** Asks for a picture without waiting; what is shown instead is fine. */
  scrub(frame: number): void;
  /** Pictures that were shown since it was asked last, each counted once. */
  shown(): number;
  close(): void;
}

function canvas(): HTMLCanvasElement {
  const made = document.createElement("canvas");
  made.width = WIDTH;
  made.height = HEIGHT;
  made.style.width = `${WIDTH / 2}px`;
  document.body.replaceChildren(made);
  return made;
}

const frameOf = (ticks: number) =>
  Math.round((ticks / TICKS_PER_SECOND) * FRAME_RATE);

const ticksOf = (frame: number) =>
  Math.round((frame / FRAME_RATE) * TICKS_PER_SECOND);

function arrives(player: Player, frame: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (state: Player["state"]) => {
      if (state.shown === null || frameOf(state.shown) !== frame) return;
      stop();
      resolve();
    };
    const stop = player.subscribe(look);
    look(player.state);
  });
}

async function ours(): Promise<Viewer> {
  const engine = await startEngine("/engine/");
  const film = await engine.create([new File([await fetchMedia(CLIP)], CLIP)]);
  const player = await engine.player(film, canvas());
  player.resize(WIDTH, HEIGHT);
  player.setQuality("full");
  const seen = new Set<number>();
  player.subscribe(({ shown }) => shown !== null && seen.add(shown));
  return {
    show: (frame) => {
      const there = arrives(player, frame);
      player.seek(ticksOf(frame));
      return there;
    },
    scrub: (frame) => player.seek(ticksOf(frame), true),
    shown: () => {
      const count = seen.size;
      seen.clear();
      return count;
    },
    close: () => {
      player.close();
      film.close();
      engine.close();
    },
  };
}

async function videoElement(): Promise<Viewer> {
  const video = document.createElement("video");
  video.muted = true;
  video.width = WIDTH / 2;
  document.body.replaceChildren(video);
  video.src = URL.createObjectURL(await fetchMedia(CLIP));
  await new Promise((resolve) =>
    video.addEventListener("canplaythrough", resolve, { once: true }),
  );
  const seen = new Set<number>();
  const note = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    seen.add(mediaTime);
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
  // In the middle of the frame, where no rounding leads to its neighbour.
  const timeOf = (frame: number) => (frame + 0.5) / FRAME_RATE;
  return {
    show: (frame) =>
      new Promise((resolve) => {
        // The one before may be presented once more.
        const look = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
          if (Math.round(mediaTime * FRAME_RATE) === frame) resolve();
          else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
        video.currentTime = timeOf(frame);
      }),
    scrub: (frame) => {
      if (!video.seeking) video.currentTime = timeOf(frame);
    },
    shown: () => {
      const count = seen.size;
      seen.clear();
      return count;
    },
    close: () => URL.revokeObjectURL(video.src),
  };
}

async function mediabunny(): Promise<Viewer> {
  const source = new BlobSource(await fetchMedia(CLIP));
  const track = await new Input({
    source,
    formats: [MP4],
  }).getPrimaryVideoTrack();
  if (!track) throw new Error("There is no picture in the clip.");
  const sink = new CanvasSink(track, { poolSize: 4 });
  const context = canvas().getContext("2d");
  const seen = new Set<number>();
  let isBusy = false;
  const show = async (frame: number) => {
    const found = await sink.getCanvas((frame + 0.5) / FRAME_RATE);
    if (!found) throw new Error(`There is no frame ${frame}.`);
    context?.drawImage(found.canvas, 0, 0, WIDTH, HEIGHT);
    seen.add(found.timestamp);
  };
  return {
    show,
    scrub: (frame) => {
      if (isBusy) return;
      isBusy = true;
      void show(frame).finally(() => (isBusy = false));
    },
    shown: () => {
      const count = seen.size;
      seen.clear();
      return count;
    },
    close: () => undefined,
  };
}

const VIEWERS = { ours, video: videoElement, mediabunny };
export type Contestant = keyof typeof VIEWERS;

/** The same frames for everybody. */
function* someFrames(count: number, last: number): Generator<number> {
  let state = 12345;
  for (let i = 0; i < count; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield Math.floor((state / 2147483648) * last);
  }
}

/** Milliseconds of each of [count] seeks to frames anywhere, and of coming back to the one before the last. */
export async function runSeeks(
  who: Contestant,
  count: number,
  last: number,
): Promise<{ cold: number[]; warm: number[] }> {
  const viewer = await VIEWERS[who]();
  const cold: number[] = [];
  const warm: number[] = [];
  const timed = async (frame: number) => {
    const begin = performance.now();
    await viewer.show(frame);
    return performance.now() - begin;
  };
  let before = 0;
  await viewer.show(before);
  for (const frame of someFrames(count, last)) {
    if (frame === before) continue;
    cold.push(await timed(frame));
    warm.push(await timed(before));
    await viewer.show(frame);
    before = frame;
  }
  viewer.close();
  return { cold, warm };
}

/** Different pictures shown a second while the clip is dragged through, there and back. */
export async function runScrub(
  who: Contestant,
  seconds: number,
  last: number,
): Promise<number> {
  const viewer = await VIEWERS[who]();
  await viewer.show(0);
  viewer.shown();
  const begin = performance.now();
  await new Promise<void>((resolve) => {
    const step = () => {
      const part = (performance.now() - begin) / 1000 / seconds;
      if (part >= 1) return resolve();
      const there = 1 - Math.abs(1 - 2 * part);
      viewer.scrub(Math.floor(there * last));
      requestAnimationFrame(step);
    };
    step();
  });
  const count = viewer.shown();
  viewer.close();
  return count / seconds;
}

/** Milliseconds from a file to its first picture, with the engine there. */
export async function runFirstPicture(): Promise<number> {
  const engine = await startEngine("/engine/");
  const file = new File([await fetchMedia(CLIP)], CLIP);
  const begin = performance.now();
  const film = await engine.create([file]);
  const player = await engine.player(film, canvas());
  player.resize(WIDTH, HEIGHT);
  await arrives(player, 0);
  const taken = performance.now() - begin;
  player.close();
  film.close();
  engine.close();
  return taken;
}
