// A worker with an engine in it, as the page holds it.

import { Remote } from "./channel";
import { EngineError } from "./engine";
import { compilePart, startFailure, stopFailure } from "./engine_failure";
import type { Start, WorkerCalls, WorkerEvents } from "./protocol";

/** Where the engine's files are. */
export interface EngineFiles {
  /** The folder with threads/engine.mjs and single/engine.mjs, and with fonts/, absolute. */
  base: string;
  threads: boolean;
  /** Compiled once, for all workers. */
  wasm: Promise<WebAssembly.Module>;
}

/** The engine's files under `base`, which begin to be loaded. */
export function engineFiles(base: string, threads: boolean): EngineFiles {
  const wasm = compilePart(
    new URL(`${folderOf(threads)}engine.wasm`, base).href,
  );
  // Whoever starts a worker hears of it; nobody may have to.
  wasm.catch(() => {});
  return { base, threads, wasm };
}

function folderOf(threads: boolean): string {
  return threads ? "threads/" : "single/";
}

/** A worker that was started; `end` stops it at once. */
export interface EngineWorker {
  remote: Remote<WorkerCalls, WorkerEvents>;
  end(): void;
}

async function startOf(files: EngineFiles): Promise<Start> {
  return {
    module: new URL(folderOf(files.threads), files.base).href,
    wasm: await files.wasm,
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
  let hasStarted = false;
  worker.addEventListener("error", ({ message }) => {
    remote.fail(
      hasStarted ? stopFailure(message) : startFailure(message, files.base),
    );
  });
  try {
    await remote.call("start", [await startOf(files)]);
  } catch (why) {
    worker.terminate();
    throw why;
  }
  hasStarted = true;
  return {
    remote,
    end() {
      worker.terminate();
      remote.end(new EngineError("CANCELED", "", "The engine was stopped."));
    },
  };
}
