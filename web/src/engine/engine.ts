// What the page may ask of the engine. The engine runs in workers; everything here is messages, ids and
// plain data, so nothing that a view does can hold up a picture, and nothing of the engine the page.
//
// Times are ticks of 1/705 600 000 s as whole numbers, exact in a JavaScript number for 147 days.

export {
  bytesIn,
  copyFile,
  fileAt,
  folderAt,
  listFiles,
  listFolders,
  removeFolder,
  writeFile,
  writeText,
} from "./private_files";

/** Ticks in a second: every common frame and sample duration is a whole number of them. */
export const TICKS_PER_SECOND = 705_600_000;

/** A whole number of ticks. */
export type Ticks = number;

/** A stretch of time. */
export interface Range {
  start: Ticks;
  duration: Ticks;
}

/** Frames or samples a second, as a fraction: 30000/1001. */
export interface Rate {
  num: number;
  den: number;
}

/** Why something failed, in words for a person. `place` is a JSON Pointer, a path, "byte 1234" or "". */
export class EngineError extends Error {
  constructor(
    /** The core's name of the status: "NOTFOUND", "CORRUPT", "NOSPACE", "CANCELED", … */
    readonly status: string,
    readonly place: string,
    message: string,
  ) {
    super(message);
    this.name = "EngineError";
  }
}

/** What this browser, on this page, can do. Decides what is offered and what is said. */
export interface Abilities {
  /** SharedArrayBuffer and threads: the page is cross-origin isolated. */
  threads: boolean;
  /** The platform's own codecs are there; without them our own decode, and nothing encodes video. */
  webCodecs: boolean;
  /** Video codecs that an export can write here. */
  encode: { h264: boolean; vp9: boolean; av1: boolean };
  /** Private files of this origin: exports that survive a killed tab, and offline work. */
  storage: boolean;
  /** A canvas can be painted from a worker. Without it nothing can be shown. */
  offscreenCanvas: boolean;
  /** The user can be asked where to save a file, and it is streamed there. Otherwise it is a download. */
  savePicker: boolean;
  /** Sentences about what is missing and what that means; empty when everything is there. */
  missing: string[];
}

/** Where a film and its media come from. */
export type FilmSource =
  /** `files` by the path that the project names them with ("assets/a.mp4"); never read whole. */
  | { kind: "files"; project: string; files: ReadonlyMap<string, File> }
  /** Assets at `base` + their path, by ranges. */
  | { kind: "url"; project: string; base: string }
  /** In the private files of this origin, in `folder`. */
  | { kind: "opfs"; project: string; folder: string };

/** A project as the page shows it; a picture of the moment, never changed in place. */
export interface FilmInfo {
  title: string;
  width: number;
  height: number;
  rate: Rate;
  duration: Ticks;
  tracks: TrackInfo[];
  /** Media that the project names and that cannot be found, with the reason. */
  missing: { uri: string; reason: string }[];
  canUndo: string | null;
  canRedo: string | null;
}

/** A track of the film's main sequence. */
export interface TrackInfo {
  id: string;
  kind: "video" | "audio" | "text";
  name: string;
  clips: ClipInfo[];
}

/** A clip on its track. */
export interface ClipInfo {
  id: string;
  kind: "media" | "title" | "caption" | "color" | "sequence";
  /** What a person calls it: the title's text, the asset's name. */
  name: string;
  range: Range;
}

/** What is in a file of media. */
export interface MediaFacts {
  name: string;
  bytes: number;
  duration: Ticks;
  picture: { codec: string; width: number; height: number; rate: Rate } | null;
  sound: { codec: string; rate: number; channels: number } | null;
}

/** The edits of a film since it was opened; those from `position` on were taken back. */
export interface FilmHistory {
  names: readonly string[];
  position: number;
}

/** An edit of ours that those who edit the film have not decided yet. */
export interface Wish {
  /** Rising. */
  number: number;
  name: string;
  edit: unknown;
}

/** A film that is open. Closing is the owner's task; one that is forgotten is reported. */
export interface Film {
  readonly info: FilmInfo;
  readonly history: FilmHistory;
  subscribe(listener: (info: FilmInfo) => void): () => void;
  /** The project as a file: the same bytes for the same film. */
  json(): Promise<string>;
  /** Applies an edit (docs/edits.md) whole or not at all. Rejects with the place in the edit. */
  apply(edit: unknown, name?: string): Promise<FilmInfo>;
  undo(): Promise<FilmInfo>;
  redo(): Promise<FilmInfo>;
  /**
   * The player shows the film as [edit] would make it, and the film stays as it is; null shows the film
   * again. Rejects where the edit would be refused, and then the last that was not is shown.
   */
  preview(edit: unknown): Promise<void>;
  /** What is in a file that the project names by [uri]. */
  facts(uri: string): Promise<MediaFacts>;
  /** Media for the project to name by these paths. Rejects where the film is on a server. */
  addFiles(files: ReadonlyMap<string, File>): Promise<FilmInfo>;
  /** Looks anew for media that were missing: they may be there by now. */
  lookAgain(): Promise<FilmInfo>;
  /**
   * From now on others edit the film, too, in an order that is decided elsewhere. What is edited, undone
   * and redone here holds at once, and is a wish until it is decided.
   */
  share(): Promise<void>;
  /** The wishes above number [after], oldest first. */
  wishes(after: number): Promise<Wish[]>;
  /** The next edit for all is our wish [number]. */
  settle(number: number): Promise<FilmInfo>;
  /** The next edit for all is [edit], of somebody else; the wishes go on top of it. */
  receive(edit: unknown): Promise<FilmInfo>;
  /** The wish [number] will not be. */
  withdraw(number: number): Promise<FilmInfo>;
  /** All hold [project] now, whatever it was before; the wishes go on top of it. */
  rebase(project: string): Promise<FilmInfo>;
  /** The film without the wishes, as a file. */
  decided(): Promise<string>;
  close(): void;
}

/** How large pictures are made while playing. */
export type Quality = "auto" | "full" | "half" | "quarter";

/** What a player shows beside the picture. */
export interface PlayerState {
  playhead: Ticks;
  /** Of the picture on the canvas; null before the first. */
  shown: Ticks | null;
  duration: Ticks;
  /** 0 paused, 1 normal, negative backwards. */
  rate: number;
  isScrubbing: boolean;
  isLooping: boolean;
  /** The wished picture is still being decoded. */
  isWaiting: boolean;
  framesShown: number;
  framesDropped: number;
  quality: "full" | "half" | "quarter";
  cacheBytes: number;
  /** Picture minus sound at the last shown frame. */
  offsetMicroseconds: number;
  /** Peaks of what is heard now, left and right, 0…1. */
  levels: [number, number];
  /** "webgl" or "cpu": which painter makes the pictures. */
  painter: "webgl" | "cpu";
}

/** Plays a film on one canvas. Calls return at once; what they change arrives as a state. */
export interface Player {
  readonly state: PlayerState;
  /** Called at most once a refresh of the display. */
  subscribe(listener: (state: PlayerState) => void): () => void;
  /** Troubles with single assets, each told once; playback goes on without them. */
  onTrouble(listener: (error: EngineError) => void): () => void;
  /** Within ±16. Must be called from a user's gesture the first time, or there is no sound. */
  play(rate?: number): void;
  pause(): void;
  /** Pauses at `at`. `isScrubbing`: more will follow at once, and sound is heard in grains. */
  seek(at: Ticks, isScrubbing?: boolean): void;
  /** Whole frames on or back. */
  step(frames: number): void;
  loop(range: Range | null): void;
  setQuality(quality: Quality): void;
  /** `gain` in decibels, 0 is as mixed. */
  setVolume(gain: number, isMuted: boolean): void;
  /** The canvas's size in device pixels. */
  resize(width: number, height: number): void;
  /** The picture under the playhead as PNG. */
  still(): Promise<Blob>;
  close(): void;
}

/** What to export. Zero or nothing means the project's own or a good default. */
export interface ExportWishes {
  format: "mp4" | "webm" | "wav" | "png" | "webp" | "m4a";
  /** Of the picture; "" takes the format's usual one. */
  videoCodec?: "" | "h264" | "vp9" | "av1";
  width?: number;
  height?: number;
  rate?: Rate;
  /** Part of the film. */
  range?: Range;
  videoBitRate?: number;
  audioBitRate?: number;
  /** The codec's own constant quality; 0 with no bit rate is a good default. */
  quality?: number;
  /** Paint with the reference painter, whatever is faster. */
  isExact?: boolean;
  /** A text track beside the burnt-in captions, where the format has one. */
  withCaptionTrack?: boolean;
}

/** Where the finished file goes. */
export type ExportTarget =
  /** Streamed to a file that the user chose. */
  | { kind: "handle"; handle: FileSystemFileHandle }
  /** Handed over as a File in `result`, backed by the disk, never held in memory. */
  | { kind: "file"; name: string };

/** What an export is busy with. */
export type ExportPhase =
  "waiting" | "listening" | "painting" | "joining" | "saving" | "done";

/** How far an export is. */
export interface ExportState {
  phase: ExportPhase;
  framesDone: number;
  framesTotal: number;
  /** Of the frames done, those that an earlier attempt had made. */
  framesResumed: number;
  /** Pictures that went from decoder to encoder untouched. */
  framesPassed: number;
  bytes: number;
  /** Of the last seconds; 0 until known. */
  framesPerSecond: number;
  /** Until it is done; null until known. */
  secondsLeft: number | null;
  isPaused: boolean;
  painter: "webgl" | "cpu";
  workers: number;
}

/** A finished export. */
export interface ExportResult {
  file: File | null;
  bytes: number;
  seconds: number;
}

/** An export that runs. It goes on in a hidden tab. */
export interface ExportJob {
  readonly id: string;
  readonly state: ExportState;
  subscribe(listener: (state: ExportState) => void): () => void;
  pause(): void;
  resume(): void;
  /** Stops and removes what was made. `result` rejects with CANCELED. */
  cancel(): Promise<void>;
  readonly result: Promise<ExportResult>;
}

/** An export that a closed or killed tab left unfinished. */
export interface InterruptedExport {
  id: string;
  title: string;
  begun: Date;
  wishes: ExportWishes;
  framesDone: number;
  framesTotal: number;
  bytes: number;
  /** Its media were local files, which a page may not open again by itself: ask for them. */
  needsFiles: boolean;
}

/** Peaks that a sketcher gives of each second. */
export const PEAKS_PER_SECOND = 100;

/** Makes small drawings of a film's media, in a worker of its own: playback does not notice. */
export interface Sketcher {
  /** What a file shows at `at` of its own time, `height` pixels high. Rejects where there is no picture in it. */
  picture(uri: string, at: Ticks, height: number): Promise<ImageBitmap>;
  /** How loud a file is, 0 to 255, from peak number `first` on. Rejects where there is no sound in it. */
  peaks(uri: string, first: number, count: number): Promise<Uint8Array>;
  close(): void;
}

/** The engine. One a page. */
export interface Engine {
  readonly abilities: Abilities;
  open(source: FilmSource): Promise<Film>;
  /** A new project of dropped media, one after the other on a video track, sound on its own. */
  create(media: readonly File[]): Promise<Film>;
  probe(file: File): Promise<MediaFacts>;
  /** Takes the canvas for good: a canvas belongs to one player. */
  player(film: Film, canvas: HTMLCanvasElement): Promise<Player>;
  /** For the media that the film has now; those that are added later want another one. */
  sketcher(film: Film): Promise<Sketcher>;
  /** Takes a snapshot of the film: later edits do not change a running export. */
  export(
    film: Film,
    wishes: ExportWishes,
    target: ExportTarget,
  ): Promise<ExportJob>;
  interrupted(): Promise<InterruptedExport[]>;
  /** Goes on with `id`; `source` is needed where `needsFiles`. */
  resumeExport(
    id: string,
    target: ExportTarget,
    source?: FilmSource,
  ): Promise<ExportJob>;
  /** Removes what an interrupted export left. */
  discard(id: string): Promise<void>;
  close(): void;
}
