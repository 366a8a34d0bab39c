// A film as the page holds it; the film itself is in the player's worker.

import type { EngineWorker } from "./engine_worker";
import {
  EngineError,
  type Film,
  type FilmHistory,
  type FilmInfo,
  type FilmSource,
  type MediaFacts,
  type Wish,
} from "./engine";
import { mustClose, wasClosed } from "./leaks";
import { Listeners } from "./listeners";
import { mediaFacts } from "./media_facts";
import { writeFile } from "./private_files";

/** A film with what is needed to open it elsewhere, too. */
export class OpenFilm implements Film {
  #listeners = new Listeners<FilmInfo>();
  #history: FilmHistory = { names: [], position: 0 };

  private constructor(
    private readonly worker: EngineWorker,
    readonly id: number,
    private source: FilmSource,
    private now: FilmInfo,
  ) {
    mustClose(this, `The film "${now.title}"`);
  }

  static async open(
    worker: EngineWorker,
    source: FilmSource,
  ): Promise<OpenFilm> {
    const { film, info } = await worker.remote.call("openFilm", [source]);
    return new OpenFilm(worker, film, source, info);
  }

  get history(): FilmHistory {
    return this.#history;
  }

  get info(): FilmInfo {
    return this.now;
  }

  subscribe(listener: (info: FilmInfo) => void): () => void {
    return this.#listeners.add(listener);
  }

  json(): Promise<string> {
    return this.worker.remote.call("project", [this.id]);
  }

  /** The film as it is now, for somebody else to open. */
  async snapshot(): Promise<FilmSource> {
    return { ...this.source, project: await this.json() };
  }

  async apply(edit: unknown, name = ""): Promise<FilmInfo> {
    const text = JSON.stringify(edit);
    const info = await this.worker.remote.call("edit", [this.id, text, name]);
    const { names, position } = this.#history;
    const kept = names.slice(0, position);
    this.#history = {
      names: [...kept, info.canUndo ?? name],
      position: position + 1,
    };
    return this.#take(info);
  }

  async undo(): Promise<FilmInfo> {
    const info = await this.worker.remote.call("undo", [this.id]);
    const { names, position } = this.#history;
    this.#history = { names, position: position - 1 };
    return this.#take(info);
  }

  async redo(): Promise<FilmInfo> {
    const info = await this.worker.remote.call("redo", [this.id]);
    const { names, position } = this.#history;
    this.#history = { names, position: position + 1 };
    return this.#take(info);
  }

  preview(edit: unknown): Promise<void> {
    const text = edit === null ? "" : JSON.stringify(edit);
    return this.worker.remote.call("preview", [this.id, text]);
  }

  async facts(uri: string): Promise<MediaFacts> {
    const text = await this.worker.remote.call("facts", [this.id, uri]);
    return mediaFacts({ name: uri, size: 0 }, text);
  }

  async addFiles(files: ReadonlyMap<string, File>): Promise<FilmInfo> {
    if (this.source.kind === "url")
      throw new EngineError(
        "UNSUPPORTED",
        this.source.base,
        "This film is on a server: media are added to it there.",
      );
    if (this.source.kind === "opfs")
      for (const [path, file] of files)
        await writeFile(`${this.source.folder}/${path}`, file);
    else
      this.source = {
        ...this.source,
        files: new Map([...this.source.files, ...files]),
      };
    return this.#take(
      await this.worker.remote.call("addFiles", [this.id, files]),
    );
  }

  async lookAgain(): Promise<FilmInfo> {
    return this.#take(
      await this.worker.remote.call("addFiles", [this.id, new Map()]),
    );
  }

  share(): Promise<void> {
    return this.worker.remote.call("share", [this.id]);
  }

  wishes(after: number): Promise<Wish[]> {
    return this.worker.remote.call("wishes", [this.id, after]);
  }

  async settle(number: number): Promise<FilmInfo> {
    return this.#take(
      await this.worker.remote.call("settle", [this.id, number]),
    );
  }

  async receive(edit: unknown): Promise<FilmInfo> {
    const text = JSON.stringify(edit);
    return this.#take(
      await this.worker.remote.call("receive", [this.id, text]),
    );
  }

  async withdraw(number: number): Promise<FilmInfo> {
    const info = await this.worker.remote.call("withdraw", [this.id, number]);
    // What never was is no step any more.
    this.#history = await this.worker.remote.call("history", [this.id]);
    return this.#take(info);
  }

  async rebase(project: string): Promise<FilmInfo> {
    return this.#take(
      await this.worker.remote.call("rebase", [this.id, project]),
    );
  }

  decided(): Promise<string> {
    return this.worker.remote.call("decided", [this.id]);
  }

  close(): void {
    wasClosed(this);
    void this.worker.remote.call("closeFilm", [this.id]);
  }

  #take(info: FilmInfo): FilmInfo {
    this.now = info;
    this.#listeners.tell(info);
    return info;
  }
}
