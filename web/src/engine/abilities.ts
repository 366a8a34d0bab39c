// What this browser can do on this page.

import type { Abilities } from "./engine";

// What an export asks of an encoder, at a size that every encoder has.
const CODECS = {
  h264: "avc1.640028",
  vp9: "vp09.00.40.08",
  av1: "av01.0.08M.08",
} as const;

async function canEncode(codec: string): Promise<boolean> {
  if (typeof VideoEncoder === "undefined") return false;
  const config = {
    codec,
    width: 1280,
    height: 720,
    framerate: 30,
    bitrate: 4e6,
  };
  const answer = await VideoEncoder.isConfigSupported(config).catch(() => ({
    supported: false,
  }));
  return answer.supported === true;
}

async function hasStorage(): Promise<boolean> {
  if (typeof navigator.storage?.getDirectory !== "function") return false;
  return navigator.storage.getDirectory().then(
    () => true,
    () => false,
  );
}

type Able = Omit<Abilities, "missing">;

function sentences(able: Able): string[] {
  const missing: string[] = [];
  if (!able.offscreenCanvas)
    missing.push(
      "This browser cannot paint from a worker, so films cannot be shown. A current Chromium, Firefox or Safari can.",
    );
  if (!able.webCodecs)
    missing.push(
      "This browser has no WebCodecs: films play by the engine's own decoders, and only sound, PNG and WebP can be exported.",
    );
  else if (!able.encode.h264)
    missing.push(
      "This browser has no H.264 encoder: export WebM instead of MP4.",
    );
  if (!able.threads)
    missing.push(
      "The page is not cross-origin isolated, or the browser shares no memory with it, so the engine runs on one thread: everything works, more slowly.",
    );
  if (!able.storage)
    missing.push(
      "This browser gives the page no private files (it may be in private mode): exports are not possible, and nothing is kept.",
    );
  return missing;
}

/** The same where the browser has shared memory, but none to give to an engine with threads. */
export function withoutThreads(abilities: Abilities): Abilities {
  const able = { ...abilities, threads: false };
  return { ...able, missing: sentences(able) };
}

/** Looks once. */
export async function findAbilities(): Promise<Abilities> {
  const [h264, vp9, av1, storage] = await Promise.all([
    canEncode(CODECS.h264),
    canEncode(CODECS.vp9),
    canEncode(CODECS.av1),
    hasStorage(),
  ]);
  const able: Able = {
    threads: globalThis.crossOriginIsolated === true,
    webCodecs: typeof VideoDecoder !== "undefined",
    encode: { h264, vp9, av1 },
    storage,
    offscreenCanvas:
      typeof HTMLCanvasElement.prototype.transferControlToOffscreen ===
      "function",
    savePicker: "showSaveFilePicker" in globalThis,
  };
  return { ...able, missing: sentences(able) };
}
