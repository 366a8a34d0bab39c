// A worker with an engine in it, as the page holds it.

import { Remote } from "./channel";
import { EngineError } from "./engine";
import type { Start, WorkerCalls, WorkerEvents } from "./protocol";

/** Where the engine's files are. */
export interface EngineFiles {
  /** The folder with threads/engine.mjs and single/engine.mjs, and with fonts/, absolute. */
  base: string;
  threads: boolean;
}

/** A worker that was started; `end` stops it at once. */
export interface EngineWorker {
  remote: Remote<WorkerCalls, WorkerEvents>;
  end(): void;
}

function startOf(files: EngineFiles): Start {
  const kind = files.threads ? "threads/" : "single/";
  return {
    module: new URL(kind, files.base).href,
    fonts: new URL("fonts/", files.base).href,
  };
}

/** Gives a worker whose engine runs. Rejects with a sentence when it cannot. */
export async function startWorker(files: EngineFiles): Promise<EngineWorker> {
  const worker = new Worker(new URL("./worker/main.ts", import.meta.url), {
    type: "module",
    name: "engine",
  });
  const remote = new Remote<WorkerCalls, WorkerEvents>(worker);
  worker.addEventListener("error", (event) => {
    const text = event.message || "The engine's script cannot be loaded.";
    remote.fail(new EngineError("IO", files.base, text));
  });
  await remote.call("start", [startOf(files)]);
  return {
    remote,
    end() {
      worker.terminate();
      remote.fail(new EngineError("CANCELED", "", "The engine was stopped."));
    },
  };
}
