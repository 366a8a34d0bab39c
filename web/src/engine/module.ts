// What an instance of the engine's WebAssembly module looks like from JavaScript. The functions below `cr…`
// come from shims/browser; the symbols from core/api/exports.def.

/** One exported C function: numbers in, a number out. */
export type Symbol = (...args: (number | bigint)[]) => number;

/** Files that C may open as "file:<n>/path". */
export interface FileShelf {
  /**
   * Gives the folder to open them under, which is `folder` where it is named. They are read in pieces,
   * when they are needed.
   */
  addFolder(files: ReadonlyMap<string, Blob>, folder?: string): string;
  removeFolder(folder: string): void;
}

/** The private files of this origin, which C may open as "opfs:/path". */
export interface PrivateFiles {
  /** Must have resolved before C opens any. Rejects where the browser has none. */
  start(): Promise<void>;
  /** Resolves when C can open these files and folders as they are now, whoever wrote them. */
  prepare(paths: readonly string[]): Promise<void>;
  /** Resolves when what C wrote is in its place for everybody. */
  settled(): Promise<void>;
}

/** The canvas that pictures go to. */
export interface CanvasDoor {
  set(canvas: OffscreenCanvas): void;
  resize(width: number, height: number): void;
}

/** The way from C to the page's AudioContext: shared memory, or ports where a page has none. */
export type SoundLink =
  { ring: SharedArrayBuffer } | { port: MessagePort; control: MessagePort };

/** The instance. */
export interface EngineModule {
  wasmMemory: WebAssembly.Memory;
  _malloc(size: number): number;
  _free(pointer: number): void;
  crFiles: FileShelf;
  crOpfs: PrivateFiles;
  crCanvas: CanvasDoor;
  crSound: { link(): SoundLink };
  /** Resolves when something moved that C was kept waiting by. */
  crActivity(): Promise<void>;
  [symbol: `_cr_${string}`]: Symbol;
}

/** What the module's factory takes. */
export interface ModuleOptions {
  /** Answers with the instance of a module that is compiled already. */
  instantiateWasm?(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): void;
  print?(line: string): void;
  printErr?(line: string): void;
}
