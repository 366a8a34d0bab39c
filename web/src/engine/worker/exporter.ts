// One worker of an export: makes the pieces that the page hands it, one after the other.

import { EngineError } from "../engine";
import type { Piece, Plan, Work, WorkerCalls, WorkerEvents } from "../protocol";
import { openFolder, type Instance } from "./instance";
import { nextTurn } from "./turns";

type ExportCalls = Pick<
  WorkerCalls,
  "openExport" | "closeExport" | "has" | "make" | "pause"
>;

// Work between two looks at the clock, and between two turns of the event loop.
const STEPS = 8;
const TURN_MS = 12;
const TELL_MS = 200;

// As C counts: the sound comes before the first segment of pictures.
function numberOf(piece: number | "sound"): number {
  return piece === "sound" ? -1 : piece;
}

/** The one export of a worker. */
export class WorkerExport {
  #id = 0;
  #segments = "";
  #leave = () => {};
  #isPaused = false;
  #resume = () => {};

  constructor(
    private readonly instance: () => Instance,
    private readonly tell: (name: "work", value: WorkerEvents["work"]) => void,
  ) {}

  calls(): ExportCalls {
    return {
      openExport: (source, wishes, segments, output) =>
        this.#open(source, wishes, segments, output),
      closeExport: () => this.#close(),
      has: (piece) => this.#has(piece),
      make: (piece) => this.#make(piece),
      pause: (isPaused) => this.#pause(isPaused),
    };
  }

  async #open(
    source: Parameters<WorkerCalls["openExport"]>[0],
    wishes: Parameters<WorkerCalls["openExport"]>[1],
    segments: string,
    output: string,
  ): Promise<Plan> {
    const { abi } = this.instance();
    const [folder, leave] = await openFolder(this.instance(), source);
    this.#leave = leave;
    this.#segments = segments;
    this.#id = abi.exportOpen(
      source.project,
      folder,
      JSON.stringify(wishes),
      segments,
      output,
    );
    return this.#plan();
  }

  #plan(): Plan {
    return JSON.parse(this.instance().abi.exportPlan(this.#id)) as Plan;
  }

  /** Resolves when nothing is left of what was begun, and what was complete is in its place. */
  async #close(): Promise<void> {
    const { module, abi } = this.instance();
    if (this.#id !== 0) abi.exportClose(this.#id);
    this.#id = 0;
    this.#leave();
    this.#leave = () => {};
    this.#resume();
    await module.crOpfs.settled();
  }

  async #has(piece: number | "sound"): Promise<boolean> {
    const { module, abi } = this.instance();
    await module.crOpfs.prepare([this.#segments]);
    return abi.exportHas(this.#id, numberOf(piece));
  }

  async #begin(piece: Piece): Promise<void> {
    const { module, abi } = this.instance();
    if (piece !== "join") return abi.exportBegin(this.#id, numberOf(piece));
    // Others have made segments, too.
    await module.crOpfs.prepare([this.#segments]);
    abi.exportJoin(this.#id);
  }

  async #make(piece: Piece): Promise<Work> {
    const { module, abi } = this.instance();
    await this.#begin(piece);
    let turn = performance.now();
    let told = turn;
    while (abi.exportStep(this.#id, STEPS)) {
      const { waits, ...work } = this.#work();
      const now = performance.now();
      if (now - told > TELL_MS) {
        told = now;
        this.tell("work", work);
      }
      if (waits !== "") await module.crActivity();
      else if (now - turn > TURN_MS) await nextTurn();
      else continue;
      turn = performance.now();
      if (this.#isPaused) await this.#resumed();
      if (this.#id === 0)
        throw new EngineError("CANCELED", "", "The export was cancelled.");
    }
    await module.crOpfs.settled();
    return this.#work();
  }

  #work(): Work & { waits: string } {
    return JSON.parse(this.instance().abi.exportWork(this.#id)) as Work & {
      waits: string;
    };
  }

  #pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (!isPaused) this.#resume();
  }

  #resumed(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }
}
