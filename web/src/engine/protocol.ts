// What the page and its engine workers say to each other. Every worker is the same script; what it is asked
// makes it a player or one of several exporters.

import type { Transferred } from "./channel";
import type {
  EngineError,
  ExportPhase,
  ExportWishes,
  FilmHistory,
  FilmInfo,
  FilmSource,
  PlayerState,
  Quality,
  Ticks,
  Wish,
} from "./engine";
import type { SoundLink } from "./module";

/** How a worker begins. */
export interface Start {
  /** The folder with engine.mjs, absolute. */
  module: string;
  wasm: WebAssembly.Module;
  /** The folder with fonts.txt, absolute. */
  fonts: string;
}

/** What will be made of a film, decided by the engine. */
export interface Plan {
  key: string;
  frames: number;
  samples: number;
  segments: number;
  segmentFrames: number;
  hasPicture: boolean;
  hasSound: boolean;
  width: number;
  height: number;
}

/** How far a worker is with its piece. */
export interface Work {
  phase: ExportPhase;
  done: number;
  total: number;
  passed: number;
  bytes: number;
}

/** A piece of an export: a segment of pictures, the sound, or the joining of all. */
export type Piece = number | "sound" | "join";

/** What a page asks of a worker. Numbers that name things are the worker's ids. */
export interface WorkerCalls {
  start(start: Start): Promise<void>;

  openFilm(source: FilmSource): Promise<{ film: number; info: FilmInfo }>;
  closeFilm(film: number): void;
  project(film: number): string;
  edit(film: number, edit: string, name: string): FilmInfo;
  undo(film: number): FilmInfo;
  redo(film: number): FilmInfo;
  history(film: number): FilmHistory;
  share(film: number): void;
  wishes(film: number, after: number): Wish[];
  settle(film: number, wish: number): FilmInfo;
  receive(film: number, edit: string): FilmInfo;
  withdraw(film: number, wish: number): FilmInfo;
  rebase(film: number, project: string): FilmInfo;
  decided(film: number): string;
  /** The player shows what `edit` would make of the film; "" shows the film. */
  preview(film: number, edit: string): void;
  facts(film: number, uri: string): string;
  /** Files under the paths that the project names them with; into the private files they were put before. */
  addFiles(film: number, files: ReadonlyMap<string, File>): Promise<FilmInfo>;
  probe(file: File): string;
  /** Gives the project of the files, by their names. */
  projectOf(files: ReadonlyMap<string, File>): string;

  openPlayer(film: number, canvas: OffscreenCanvas): Promise<void>;
  closePlayer(): void;
  soundLink(): Transferred<SoundLink>;
  play(rate: number): void;
  seek(at: Ticks, isScrubbing: boolean): void;
  step(frames: number): void;
  loop(start: Ticks, duration: Ticks): void;
  setQuality(quality: Quality): void;
  setVolume(gain: number, isMuted: boolean): void;
  resize(width: number, height: number): void;
  still(): Promise<Blob>;

  /** Where the media of the sketches are. */
  openSketches(source: FilmSource): Promise<void>;
  sketchPicture(
    uri: string,
    at: Ticks,
    height: number,
  ): Promise<Transferred<ImageBitmap>>;
  sketchPeaks(uri: string, first: number, count: number): Promise<Uint8Array>;

  openExport(
    source: FilmSource,
    wishes: ExportWishes,
    segments: string,
    output: string,
  ): Promise<Plan>;
  closeExport(): Promise<void>;
  has(piece: number | "sound"): Promise<boolean>;
  make(piece: Piece): Promise<Work>;
  pause(isPaused: boolean): void;
}

/** What a worker tells by itself. */
export interface WorkerEvents {
  state: PlayerState;
  trouble: Pick<EngineError, "status" | "place" | "message">;
  work: Work;
}
