// The player as the page holds it.

import type { EngineWorker } from "./engine_worker";
import {
  EngineError,
  type Player,
  type PlayerState,
  type Quality,
  type Range,
  type Ticks,
} from "./engine";
import type { OpenFilm } from "./film";
import { mustClose, wasClosed } from "./leaks";
import { Listeners } from "./listeners";
import type { WorkerCalls } from "./protocol";
import { Sound } from "./sound";

const BEGIN: PlayerState = {
  playhead: 0,
  shown: null,
  duration: 0,
  rate: 0,
  isScrubbing: false,
  isLooping: false,
  isWaiting: true,
  framesShown: 0,
  framesDropped: 0,
  quality: "full",
  cacheBytes: 0,
  offsetMicroseconds: 0,
  levels: [0, 0],
  painter: "webgl",
};

/** Plays on the canvas that it was opened with. */
export class WorkerPlayer implements Player {
  #state = BEGIN;
  #listeners = new Listeners<PlayerState>();
  #troubles = new Listeners<EngineError>();
  #sound = new Sound();
  #isHeard = false;

  private constructor(private readonly worker: EngineWorker) {
    mustClose(this, "A player");
    worker.remote.on("state", (state) => {
      this.#state = state;
      this.#listeners.tell(state);
    });
    worker.remote.on("trouble", ({ status, place, message }) =>
      this.#troubles.tell(new EngineError(status, place, message)),
    );
  }

  static async open(
    worker: EngineWorker,
    film: OpenFilm,
    canvas: HTMLCanvasElement,
  ): Promise<WorkerPlayer> {
    const surface = canvas.transferControlToOffscreen();
    const player = new WorkerPlayer(worker);
    await worker.remote.call("openPlayer", [film.id, surface], [surface]);
    // Whoever plays hears why there is no sound; nobody may ever play.
    player.#sound.prepare(player.#link).catch(() => {});
    return player;
  }

  get state(): PlayerState {
    return this.#state;
  }

  subscribe(listener: (state: PlayerState) => void): () => void {
    return this.#listeners.add(listener);
  }

  onTrouble(listener: (error: EngineError) => void): () => void {
    return this.#troubles.add(listener);
  }

  play(rate = 1): void {
    this.#hear();
    this.#do("play", [rate]);
  }

  pause(): void {
    this.#do("play", [0]);
  }

  seek(at: Ticks, isScrubbing = false): void {
    this.#do("seek", [Math.round(at), isScrubbing]);
  }

  step(frames: number): void {
    this.#do("step", [frames]);
  }

  loop(range: Range | null): void {
    this.#do("loop", [range?.start ?? 0, range?.duration ?? 0]);
  }

  setQuality(quality: Quality): void {
    this.#do("setQuality", [quality]);
  }

  setVolume(gain: number, isMuted: boolean): void {
    this.#do("setVolume", [gain, isMuted]);
  }

  resize(width: number, height: number): void {
    this.#do("resize", [Math.round(width), Math.round(height)]);
  }

  still(): Promise<Blob> {
    return this.worker.remote.call("still", []);
  }

  readonly #link = () => this.worker.remote.call("soundLink", []);

  // Playback does not wait for the ears: it goes by the clock until they are there.
  #hear(): void {
    if (this.#isHeard) return;
    this.#isHeard = true;
    this.#sound.start(this.#link).catch((why: Error) => {
      const text = `There is no sound: ${why.message}`;
      this.#troubles.tell(new EngineError("IO", "", text));
    });
  }

  close(): void {
    wasClosed(this);
    this.#sound.close();
    this.#do("closePlayer", []);
  }

  #do<K extends keyof WorkerCalls>(
    name: K,
    args: Parameters<WorkerCalls[K]>,
  ): void {
    this.worker.remote.call(name, args).catch((why: EngineError) => {
      if (why.status !== "CANCELED") this.#troubles.tell(why);
    });
  }
}
