// Small pictures and peaks of a film's media, made in a worker of their own beside the player's.

import {
  startWorker,
  type EngineFiles,
  type EngineWorker,
} from "./engine_worker";
import type { FilmSource, Sketcher, Ticks } from "./engine";

/** Draws what it is asked for, one after the other. */
export class WorkerSketcher implements Sketcher {
  private constructor(private readonly worker: EngineWorker) {}

  static async open(
    files: EngineFiles,
    source: FilmSource,
  ): Promise<WorkerSketcher> {
    const worker = await startWorker(files);
    await worker.remote.call("openSketches", [source]);
    return new WorkerSketcher(worker);
  }

  picture(uri: string, at: Ticks, height: number): Promise<ImageBitmap> {
    return this.worker.remote.call("sketchPicture", [
      uri,
      Math.round(at),
      height,
    ]);
  }

  peaks(uri: string, first: number, count: number): Promise<Uint8Array> {
    return this.worker.remote.call("sketchPeaks", [uri, first, count]);
  }

  close(): void {
    this.worker.end();
  }
}
