// Starts the engine: the one door of this folder beside engine.ts.

import { findAbilities, withoutThreads } from "./abilities";
import {
  engineFiles,
  startWorker,
  type EngineFiles,
  type EngineWorker,
} from "./engine_worker";
import {
  EngineError,
  type Abilities,
  type Engine,
  type ExportJob,
  type ExportTarget,
  type ExportWishes,
  type Film,
  type FilmSource,
  type InterruptedExport,
  type MediaFacts,
  type Player,
  type Sketcher,
} from "./engine";
import { WorkerExportJob, type ExportOrder } from "./export_job";
import { findInterrupted, readLedger, removeExport } from "./export_ledger";
import { OpenFilm } from "./film";
import { mediaFacts } from "./media_facts";
import { WorkerPlayer } from "./player";
import { WorkerSketcher } from "./sketcher";

class WorkerEngine implements Engine {
  constructor(
    readonly abilities: Abilities,
    private readonly files: EngineFiles,
    private readonly worker: EngineWorker,
  ) {}

  open(source: FilmSource): Promise<Film> {
    return OpenFilm.open(this.worker, source);
  }

  async create(media: readonly File[]): Promise<Film> {
    const files = new Map(media.map((file) => [file.name, file]));
    const project = await this.worker.remote.call("projectOf", [files]);
    return this.open({ kind: "files", project, files });
  }

  async probe(file: File): Promise<MediaFacts> {
    const text = await this.worker.remote.call("probe", [file]);
    return mediaFacts(file, text);
  }

  player(film: Film, canvas: HTMLCanvasElement): Promise<Player> {
    return WorkerPlayer.open(this.worker, this.#own(film), canvas);
  }

  async sketcher(film: Film): Promise<Sketcher> {
    const source = await this.#own(film).snapshot();
    return WorkerSketcher.open(this.files, source);
  }

  async export(
    film: Film,
    wishes: ExportWishes,
    target: ExportTarget,
  ): Promise<ExportJob> {
    const source = await this.#own(film).snapshot();
    return this.#begin({
      id: crypto.randomUUID(),
      title: film.info.title,
      begun: new Date().toISOString(),
      source,
      wishes,
      target,
    });
  }

  interrupted(): Promise<InterruptedExport[]> {
    return this.abilities.storage ? findInterrupted() : Promise.resolve([]);
  }

  async resumeExport(
    id: string,
    target: ExportTarget,
    source?: FilmSource,
  ): Promise<ExportJob> {
    const ledger = await readLedger(id);
    if (!ledger)
      throw new EngineError("NOTFOUND", id, "This export is no longer there.");
    const { title, begun, wishes } = ledger;
    return this.#begin({
      id,
      title,
      begun,
      wishes,
      target,
      source: resumedSource(ledger.source, source),
    });
  }

  discard(id: string): Promise<void> {
    return removeExport(id);
  }

  close(): void {
    this.worker.end();
  }

  #begin(order: ExportOrder): ExportJob {
    if (!this.abilities.storage)
      throw new EngineError(
        "UNSUPPORTED",
        "",
        "This browser gives the page no private files to export to.",
      );
    return new WorkerExportJob(this.files, order);
  }

  #own(film: Film): OpenFilm {
    if (film instanceof OpenFilm) return film;
    throw new EngineError("INVALID", "", "This film is of another engine.");
  }
}

// The project as it was when the export began, with files that the user has chosen again.
function resumedSource(
  known: NonNullable<Awaited<ReturnType<typeof readLedger>>>["source"],
  given: FilmSource | undefined,
): FilmSource {
  if (known.kind !== "files") return known;
  if (given?.kind !== "files")
    throw new EngineError(
      "NOTFOUND",
      "",
      "Choose the film's folder again: a page may not open local files by itself.",
    );
  return { ...given, project: known.project };
}

async function startWith(base: string, abilities: Abilities): Promise<Engine> {
  const files = engineFiles(base, abilities.threads);
  return new WorkerEngine(abilities, files, await startWorker(files));
}

/** Starts the engine with its files under `base` (threads/, single/, fonts/). Rejects with a sentence. */
export async function startEngine(base: string): Promise<Engine> {
  const folder = new URL(base, document.baseURI).href;
  const abilities = await findAbilities();
  try {
    return await startWith(folder, abilities);
  } catch (why) {
    // Shared memory is reserved whole at the start; a small machine may not have it in one piece.
    const mayBeSingle = why instanceof EngineError && why.status === "NOMEM";
    if (!abilities.threads || !mayBeSingle) throw why;
    return startWith(folder, withoutThreads(abilities));
  }
}
