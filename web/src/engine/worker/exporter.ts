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

/** The one export of a worker. */
export class WorkerExport {
  #id = 0;
  #segments = "";
  #output = "";
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
    this.#output = output;
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

  #close(): void {
    if (this.#id !== 0) this.instance().abi.exportClose(this.#id);
    this.#id = 0;
    this.#leave();
    this.#leave = () => {};
  }

  #path(piece: number | "sound"): string {
    const name =
      piece === "sound" ? "sound" : `picture-${String(piece).padStart(6, "0")}`;
    return `${this.#segments}/${name}.segment`;
  }

  async #has(piece: number | "sound"): Promise<boolean> {
    const path = this.#path(piece);
    await this.instance().module.crOpfs.prepare({ read: [path] });
    const has = this.instance().abi.exportHas(
      this.#id,
      piece === "sound" ? -1 : piece,
    );
    this.instance().module.crOpfs.release([path]);
    return has;
  }

  async #begin(piece: Piece): Promise<string[]> {
    const { module, abi } = this.instance();
    if (piece !== "join") {
      await module.crOpfs.prepare({ write: [this.#path(piece)] });
      abi.exportBegin(this.#id, piece === "sound" ? -1 : piece);
      return [];
    }
    const { segments, hasSound } = this.#plan();
    const read = Array.from({ length: segments }, (_, i) => this.#path(i));
    if (hasSound) read.push(this.#path("sound"));
    await module.crOpfs.prepare({ read, write: [this.#output] });
    abi.exportJoin(this.#id);
    return read;
  }

  async #make(piece: Piece): Promise<Work> {
    const { module, abi } = this.instance();
    const read = await this.#begin(piece);
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
    module.crOpfs.release(read);
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
