// Cutroom's own export, as the page does it.

import { startEngine } from "@/engine/start";
import type { Engine, Film } from "@/engine/engine";
import { AUDIO_BIT_RATE, fetchMedia, VIDEO_BIT_RATE } from "./film";
import type { Timed } from "./timed";

const MEDIA = ["one.mp4", "two.mp4", "inset.mp4", "voice.wav", "music.wav"];

let engine: Promise<Engine> | null = null;

/** The film of a project beside the bench's media. */
export async function openFilm(
  running: Engine,
  project: string,
): Promise<Film> {
  const text = await (await fetchMedia(project)).text();
  const files = new Map<string, File>();
  for (const name of MEDIA)
    files.set(name, new File([await fetchMedia(name)], name));
  return running.open({ kind: "files", project: text, files });
}

/** The file that `runOurs` made last. */
let made: File | null = null;

/** The film, exported once. */
export async function exportedFile(project: string): Promise<File> {
  if (!made) await runOurs(project);
  if (!made) throw new Error("The export gave no file.");
  return made;
}

/** "project.json" or "cut.json", to a file in the private files of the origin. */
export async function runOurs(project: string): Promise<Timed> {
  engine ??= startEngine("/engine/");
  const running = await engine;
  const film = await openFilm(running, project);
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
  made = result.file;
  film.close();
  return { frames: job.state.framesDone, seconds, bytes: result.bytes };
}
