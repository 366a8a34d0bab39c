// Small pictures of the media, made by the browser's own decoders, one after the other.
import { create } from "zustand";
import type { MediaFacts } from "@/engine/engine";
import { addressOf } from "@/state/media_files";
import { now } from "@/state/session";

const WIDTH = 192;
/** A browser that cannot play a file says so within this; some say nothing. */
const PATIENCE_MS = 8000;

/** By film and uri: the address of a picture, or null where there is none. */
export const useThumbnails = create<{
  pictures: ReadonlyMap<string, string | null>;
}>(() => ({ pictures: new Map() }));

const keyOf = (uri: string) => `${now().open?.number ?? 0} ${uri}`;

const asked = new Set<string>();
let last: Promise<unknown> = Promise.resolve();

export function forgetThumbnails(uri: string) {
  asked.delete(keyOf(uri));
}

async function drawn(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<string | null> {
  if (width === 0 || height === 0) return null;
  const scale = Math.min(1, WIDTH / width);
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return URL.createObjectURL(
    await canvas.convertToBlob({ type: "image/webp" }),
  );
}

async function ofStill(address: string): Promise<string | null> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return drawn(image, image.naturalWidth, image.naturalHeight);
}

function happens(element: HTMLVideoElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("This cannot be shown."));
    element.addEventListener(name, () => resolve(), { once: true });
    element.addEventListener("error", fail, { once: true });
    setTimeout(fail, PATIENCE_MS);
  });
}

async function ofFilm(address: string): Promise<string | null> {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  video.src = address;
  try {
    await happens(video, "loadeddata");
    // A tenth in: many films begin in black.
    const isThere = happens(video, "seeked");
    video.currentTime = Math.min(5, (video.duration || 0) / 10);
    await isThere;
    return await drawn(video, video.videoWidth, video.videoHeight);
  } finally {
    video.removeAttribute("src");
    video.load();
  }
}

async function make(uri: string, key: string, isStill: boolean) {
  const found = await addressOf(uri);
  let picture: string | null = null;
  if (found) {
    picture = await (isStill ? ofStill : ofFilm)(found.address).catch(
      () => null,
    );
    found.free();
  }
  useThumbnails.setState(({ pictures }) => ({
    pictures: new Map(pictures).set(key, picture),
  }));
}

/** Asks for a picture of [uri], once. */
export function wantThumbnail(uri: string, facts: MediaFacts) {
  const key = keyOf(uri);
  if (asked.has(key) || !facts.picture) return;
  asked.add(key);
  last = last.then(() => make(uri, key, facts.duration === 0));
}

/** The address of a picture of [uri], once there is one. */
export const useThumbnail = (uri: string): string | null =>
  useThumbnails(({ pictures }) => pictures.get(keyOf(uri)) ?? null);
