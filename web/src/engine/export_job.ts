// An export as the page holds it: hands pieces to workers, joins them, and brings the file where it is wanted.
// All that it does itself is to wait for messages, so it goes on in a hidden tab.

import {
  startWorker,
  type EngineFiles,
  type EngineWorker,
} from "./engine_worker";
import {
  EngineError,
  type ExportJob,
  type ExportResult,
  type ExportState,
  type ExportTarget,
  type ExportWishes,
  type FilmSource,
} from "./engine";
import {
  holdLock,
  knownSource,
  placesOf,
  removeExport,
  writeLedger,
  type Ledger,
} from "./export_ledger";
import { exportFailure } from "./engine_failure";
import { Pace } from "./export_pace";
import { saveTo } from "./export_save";
import { Listeners } from "./listeners";
import type { Piece, Plan, Work } from "./protocol";

/** What an export is made from. */
export interface ExportOrder {
  id: string;
  title: string;
  begun: string;
  source: FilmSource;
  wishes: ExportWishes;
  target: ExportTarget;
}

const BEGIN: ExportState = {
  phase: "waiting",
  framesDone: 0,
  framesTotal: 0,
  framesResumed: 0,
  framesPassed: 0,
  bytes: 0,
  framesPerSecond: 0,
  secondsLeft: null,
  isPaused: false,
  painter: "cpu",
  workers: 0,
};

const NOTHING: Work = {
  phase: "waiting",
  done: 0,
  total: 0,
  passed: 0,
  bytes: 0,
};

const WORKERS_MAX = 4;

// A step of a worker takes far less.
const CLOSE_MS = 3000;

// One encoder uses about two cores.
function workerCount(segments: number): number {
  const cores = navigator.hardwareConcurrency || 2;
  return Math.max(1, Math.min(segments, Math.floor(cores / 2), WORKERS_MAX));
}

/** An export that runs from the moment it is made. */
export class WorkerExportJob implements ExportJob {
  readonly result: Promise<ExportResult>;
  #state = BEGIN;
  #listeners = new Listeners<ExportState>();
  #workers: EngineWorker[] = [];
  #working = new Map<EngineWorker, { piece: Piece; work: Work }>();
  #isSoundWanted = false;
  /** Not begun yet, by number. */
  #segments: number[] = [];
  #plan: Plan | null = null;
  #framesMade = 0;
  #framesPassed = 0;
  #bytesMade = 0;
  #pace = new Pace();
  #isCancelled = false;
  #begun = performance.now();

  constructor(
    private readonly files: EngineFiles,
    private readonly order: ExportOrder,
  ) {
    this.result = this.#run();
    // Whoever shows the job sees a failure through `result`; nobody must.
    this.result.catch(() => {});
  }

  get id(): string {
    return this.order.id;
  }

  get state(): ExportState {
    return this.#state;
  }

  subscribe(listener: (state: ExportState) => void): () => void {
    return this.#listeners.add(listener);
  }

  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#pace.restart();
    this.#setPaused(false);
  }

  async cancel(): Promise<void> {
    this.#isCancelled = true;
    await this.#closeWorkers();
    this.#endWorkers();
    await this.result.catch(() => {});
    await removeExport(this.id);
  }

  #setPaused(isPaused: boolean): void {
    this.#tell({ isPaused });
    for (const { remote } of this.#workers)
      void remote.call("pause", [isPaused]).catch(() => {});
  }

  #tell(change: Partial<ExportState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.tell(this.#state);
  }

  async #run(): Promise<ExportResult> {
    const release = await holdLock(this.id);
    if (!release)
      throw new EngineError(
        "BUSY",
        this.id,
        "This export is running in another tab.",
      );
    try {
      const result = await this.#make();
      // A file that was handed over lives in the export's folder: the lock keeps others from removing it.
      if (!result.file) await release();
      return result;
    } catch (why) {
      await this.#closeWorkers();
      await release();
      throw this.#isCancelled
        ? new EngineError("CANCELED", "", "The export was cancelled.")
        : exportFailure(why);
    } finally {
      this.#endWorkers();
    }
  }

  async #make(): Promise<ExportResult> {
    const first = await this.#addWorker();
    await this.#findPieces(first);
    const others = workerCount(this.#segments.length) - 1;
    await Promise.all([
      this.#workOn(first),
      this.#listen(first),
      ...Array.from({ length: others }, () => this.#addAndWork()),
    ]);
    await this.#makePiece(first, "join");
    return this.#save();
  }

  async #addAndWork(): Promise<void> {
    await this.#workOn(await this.#addWorker());
  }

  // The sound is mixed beside the pictures, by a worker that has nothing else to do.
  async #listen(first: EngineWorker): Promise<void> {
    if (!this.#isSoundWanted) return;
    if (!this.#plan!.hasPicture) return this.#makePiece(first, "sound");
    const worker = await this.#addWorker();
    await this.#makePiece(worker, "sound");
    this.#endWorker(worker);
  }

  async #addWorker(): Promise<EngineWorker> {
    const worker = await startWorker(this.files);
    if (this.#isCancelled) worker.end();
    this.#workers.push(worker);
    const { source, wishes } = this.order;
    const { segments, output } = placesOf(this.id, wishes.format);
    const plan = await worker.remote.call("openExport", [
      source,
      wishes,
      segments,
      output,
    ]);
    this.#plan ??= plan;
    if (this.#state.isPaused) await worker.remote.call("pause", [true]);
    worker.remote.on("work", (work) => {
      const doing = this.#working.get(worker);
      if (doing) doing.work = work;
      this.#progress();
    });
    return worker;
  }

  #ledger(plan: Plan, isDone: boolean): Ledger {
    const { title, begun, wishes, source } = this.order;
    const { frames, segmentFrames } = plan;
    return {
      title,
      begun,
      wishes,
      source: knownSource(source),
      frames,
      segmentFrames,
      isDone,
    };
  }

  // What an earlier attempt made is kept.
  async #findPieces(worker: EngineWorker): Promise<void> {
    const plan = this.#plan!;
    await writeLedger(this.id, this.#ledger(plan, false));
    const has = (piece: number | "sound") => worker.remote.call("has", [piece]);
    this.#isSoundWanted = plan.hasSound && !(await has("sound"));
    for (let i = 0; plan.hasPicture && i < plan.segments; i++) {
      if (await has(i)) this.#framesMade += this.#framesOf(i);
      else this.#segments.push(i);
    }
    this.#tell({
      framesTotal: plan.frames,
      framesDone: this.#framesMade,
      framesResumed: this.#framesMade,
    });
  }

  #framesOf(segment: number): number {
    const { frames, segmentFrames } = this.#plan!;
    return Math.min(segmentFrames, frames - segment * segmentFrames);
  }

  async #workOn(worker: EngineWorker): Promise<void> {
    this.#tell({ workers: this.#workers.length });
    for (;;) {
      const segment = this.#segments.shift();
      if (segment === undefined) return;
      await this.#makePiece(worker, segment);
    }
  }

  async #makePiece(worker: EngineWorker, piece: Piece): Promise<void> {
    if (piece === "join") this.#tell({ phase: "joining", secondsLeft: null });
    this.#working.set(worker, { piece, work: NOTHING });
    const made = await worker.remote.call("make", [piece]);
    this.#working.delete(worker);
    this.#bytesMade += piece === "join" ? 0 : made.bytes;
    if (typeof piece === "number") {
      this.#framesMade += this.#framesOf(piece);
      this.#framesPassed += made.passed;
    }
    this.#progress();
  }

  #progress(): void {
    let framesDone = this.#framesMade;
    let framesPassed = this.#framesPassed;
    let bytes = this.#bytesMade;
    let phase = this.#state.phase;
    for (const { piece, work } of this.#working.values()) {
      if (piece === "join") break;
      bytes += work.bytes;
      if (piece === "sound") {
        if (phase === "waiting") phase = "listening";
        continue;
      }
      phase = "painting";
      framesDone += work.done;
      framesPassed += work.passed;
    }
    this.#pace.add(framesDone);
    this.#tell({
      phase,
      framesDone: Math.min(framesDone, this.#plan!.frames),
      framesPassed,
      bytes,
      framesPerSecond: this.#pace.rate,
      secondsLeft: this.#pace.secondsTo(this.#plan!.frames),
    });
  }

  async #save(): Promise<ExportResult> {
    this.#tell({ phase: "saving", secondsLeft: null });
    const { outputPath } = placesOf(this.id, this.order.wishes.format);
    const saved = await saveTo(outputPath, this.order.target);
    if (saved.file) await writeLedger(this.id, this.#ledger(this.#plan!, true));
    else await removeExport(this.id);
    this.#tell({ phase: "done", bytes: saved.bytes, secondsLeft: 0 });
    return { ...saved, seconds: (performance.now() - this.#begun) / 1000 };
  }

  // What they have begun and will not end is not left on the disk; one that does not answer is not waited for.
  async #closeWorkers(): Promise<void> {
    const closed = Promise.allSettled(
      this.#workers.map(({ remote }) => remote.call("closeExport", [])),
    );
    const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS));
    await Promise.race([closed, late]);
  }

  #endWorker(worker: EngineWorker): void {
    worker.end();
    this.#workers = this.#workers.filter((other) => other !== worker);
  }

  #endWorkers(): void {
    for (const worker of this.#workers) worker.end();
    this.#workers = [];
  }
}
