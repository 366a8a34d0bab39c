// An engine in memory, only for tests of the page: it decodes nothing and obeys window.fake.
import {
  EngineError,
  TICKS_PER_SECOND,
  type Abilities,
  type Engine,
  type ExportJob,
  type ExportResult,
  type ExportState,
  type ExportWishes,
  type Film,
  type FilmInfo,
  type InterruptedExport,
} from "@/engine/engine";
import { FakePlayer } from "./player";
import { infoOf } from "./project";

/** What a test reaches into. */
export interface Fake {
  players: FakePlayer[];
  exports: FakeExport[];
  /** Opening waits until this is called. */
  letOpen: (() => void) | null;
  leaks: number;
}

declare global {
  interface Window {
    fake: Fake;
  }
}

const asked = new URLSearchParams(location.search);
const lacks = (name: string) => (asked.get("lacks") ?? "").includes(name);

const abilities: Abilities = {
  threads: !lacks("threads"),
  webCodecs: !lacks("webcodecs"),
  encode: { h264: !lacks("h264"), vp9: true, av1: !lacks("av1") },
  storage: !lacks("storage"),
  offscreenCanvas: !lacks("canvas"),
  savePicker: false,
  missing: [],
};

class FakeFilm implements Film {
  constructor(
    readonly info: FilmInfo,
    private readonly project: string,
  ) {
    window.fake.leaks++;
  }
  readonly history = { names: [], position: 0 };
  subscribe = () => () => undefined;
  json = () => Promise.resolve(this.project);
  apply = () => Promise.resolve(this.info);
  undo = () => Promise.resolve(this.info);
  redo = () => Promise.resolve(this.info);
  preview = () => Promise.resolve();
  lookAgain = () => Promise.resolve(this.info);
  share = () => Promise.resolve();
  wishes = () => Promise.resolve([]);
  settle = () => Promise.resolve(this.info);
  receive = () => Promise.resolve(this.info);
  withdraw = () => Promise.resolve(this.info);
  rebase = () => Promise.resolve(this.info);
  decided = () => this.json();
  facts = (uri: string) =>
    Promise.resolve({
      name: uri,
      bytes: 0,
      duration: 3 * TICKS_PER_SECOND,
      picture: null,
      sound: { codec: "pcm", rate: 48000, channels: 2 },
    });
  addFiles = () => Promise.resolve(this.info);
  close() {
    window.fake.leaks--;
  }
}

const BEGIN: ExportState = {
  phase: "waiting",
  framesDone: 0,
  framesTotal: 450,
  framesResumed: 0,
  framesPassed: 0,
  bytes: 0,
  framesPerSecond: 0,
  secondsLeft: null,
  isPaused: false,
  painter: "cpu",
  workers: 1,
};

/** An export that does what a test says. */
class FakeExport implements ExportJob {
  readonly id = String(Math.random());
  state = BEGIN;
  finish: (result: ExportResult) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  readonly result: Promise<ExportResult>;
  #listeners = new Set<(state: ExportState) => void>();

  constructor(readonly wishes: ExportWishes) {
    this.result = new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
  }
  set(part: Partial<ExportState>) {
    this.state = { ...this.state, ...part };
    for (const listener of this.#listeners) listener(this.state);
  }
  end(bytes: number) {
    const file = new File([new Uint8Array(bytes)], "film.mp4");
    this.finish({ file, bytes, seconds: 34 });
  }
  breakDown(message: string) {
    this.fail(new EngineError("NOSPACE", "", message));
  }
  subscribe(listener: (state: ExportState) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  pause() {
    this.set({ isPaused: true });
  }
  resume() {
    this.set({ isPaused: false });
  }
  cancel() {
    this.fail(new EngineError("CANCELED", "", "Stopped."));
    return Promise.resolve();
  }
}

const left: InterruptedExport = {
  id: "left",
  title: "The Last Ferry",
  begun: new Date(Date.UTC(2026, 10, 20, 9, 30)),
  wishes: { format: "mp4" },
  framesDone: 280,
  framesTotal: 450,
  bytes: 7_400_000,
  needsFiles: asked.has("needsFiles"),
};

function newExport(wishes: ExportWishes): Promise<ExportJob> {
  const job = new FakeExport(wishes);
  window.fake.exports.push(job);
  return Promise.resolve(job);
}

const engine: Engine = {
  abilities,
  async open(source) {
    if (asked.has("slow"))
      await new Promise<void>((resolve) => (window.fake.letOpen = resolve));
    const files = source.kind === "files" ? source.files : new Map();
    return new FakeFilm(infoOf(source.project, files), source.project);
  },
  create(media) {
    const assets = media.map((file, place) => ({
      id: String(place),
      uri: file.name,
      name: file.name,
    }));
    const clips = media.map((_, place) => ({
      id: `c${place}`,
      kind: "media",
      asset: String(place),
      start: place * 3 * TICKS_PER_SECOND,
      duration: 3 * TICKS_PER_SECOND,
    }));
    const project = JSON.stringify({
      title: "New project",
      assets,
      sequences: [{ tracks: [{ id: "v", kind: "video", clips }] }],
    });
    return engine.open({
      kind: "files",
      project,
      files: new Map(media.map((file) => [file.name, file])),
    });
  },
  probe: () => Promise.reject(new Error("The fake probes nothing.")),
  player(film, canvas) {
    if (asked.has("noPlayer"))
      return Promise.reject(
        new EngineError("UNSUPPORTED", "", "There is no painter here."),
      );
    const player = new FakePlayer(film.info, canvas);
    window.fake.players.push(player);
    return Promise.resolve(player);
  },
  sketcher: () => Promise.reject(new Error("The fake draws nothing.")),
  export: (_film, wishes) => newExport(wishes),
  interrupted: () => Promise.resolve(asked.has("left") ? [left] : []),
  resumeExport: () => newExport({ format: "mp4" }),
  discard: () => Promise.resolve(),
  close: () => undefined,
};

export function startEngine(_base: string): Promise<Engine> {
  window.fake = { players: [], exports: [], letOpen: null, leaks: 0 };
  if (asked.has("never")) return new Promise(() => undefined);
  if (asked.has("broken"))
    return Promise.reject(
      new EngineError(
        "IO",
        "engine/threads/engine.wasm",
        "The engine could not be fetched: the host answered 404.",
      ),
    );
  return Promise.resolve(engine);
}
