// The script of every engine worker.

import { serve, type Port } from "../channel";
import { EngineError } from "../engine";
import type { Start, WorkerCalls, WorkerEvents } from "../protocol";
import { WorkerExport } from "./exporter";
import { filmCalls } from "./films";
import { startInstance, type Instance } from "./instance";
import { WorkerPlayer } from "./player";
import { sketchCalls } from "./sketches";

let started: Instance | null = null;

function instance(): Instance {
  if (!started)
    throw new EngineError("INVALID", "", "The engine was not started.");
  return started;
}

const port = globalThis as unknown as Port;
const player = new WorkerPlayer(instance, (name, value) => tell(name, value));
const exporter = new WorkerExport(instance, (name, value) => tell(name, value));
const calls: WorkerCalls = {
  start: async (start: Start) => {
    started = await startInstance(start);
  },
  ...filmCalls(instance, (film, shown) => player.filmChanged(film, shown)),
  ...player.calls(),
  ...exporter.calls(),
  ...sketchCalls(instance),
};
const tell = serve<WorkerCalls, WorkerEvents>(port, calls);
