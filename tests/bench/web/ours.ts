// Cutroom's own export, as the page does it.

import { startEngine } from "@/engine/start";
import type { Engine } from "@/engine/engine";
import { AUDIO_BIT_RATE, VIDEO_BIT_RATE } from "./film";
import type { Timed } from "./timed";

let engine: Promise<Engine> | null = null;

/** "project.json" or "cut.json", to a file in the private files of the origin. */
export async function runOurs(project: string): Promise<Timed> {
  engine ??= startEngine("/engine/");
  const running = await engine;
  const base = new URL("/media/", location.href).href;
  const text = await (await fetch(new URL(project, base))).text();
  const film = await running.open({ kind: "url", project: text, base });
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
