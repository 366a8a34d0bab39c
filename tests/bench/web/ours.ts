// Cutroom's own export, as the page does it.

import { startEngine } from "@/engine/start";
import type { Engine } from "@/engine/engine";
import { AUDIO_BIT_RATE, fetchMedia, VIDEO_BIT_RATE } from "./film";
import type { Timed } from "./timed";

const MEDIA = ["one.mp4", "two.mp4", "inset.mp4", "voice.wav", "music.wav"];

let engine: Promise<Engine> | null = null;

/** "project.json" or "cut.json", to a file in the private files of the origin. */
export async function runOurs(project: string): Promise<Timed> {
  engine ??= startEngine("/engine/");
  const running = await engine;
  const text = await (await fetchMedia(project)).text();
  const files = new Map<string, File>();
  for (const name of MEDIA)
    files.set(name, new File([await fetchMedia(name)], name));
  const film = await running.open({ kind: "files", project: text, files });
  const begin = performance.now();
  const job = await running.export(
    film,
    {
      format: "mp4",
      videoBitRate: VIDEO_BIT_RATE,
      audioBitRate: AUDIO_BIT_RATE,
    },
    { kind: "file", name: "ours.mp4" },
  );
  const result = await job.result;
  const seconds = (performance.now() - begin) / 1000;
  film.close();
  return { frames: job.state.framesDone, seconds, bytes: result.bytes };
}
