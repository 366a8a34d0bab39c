// The player of this worker: C is ticked at every refresh of the display and whenever its codecs have moved.

import { Transferred } from "../channel";
import { EngineError, type PlayerState } from "../engine";
import type { WorkerCalls, WorkerEvents } from "../protocol";
import type { Instance } from "./instance";

type PlayerCalls = Pick<
  WorkerCalls,
  | "openPlayer"
  | "closePlayer"
  | "soundLink"
  | "play"
  | "seek"
  | "step"
  | "loop"
  | "setQuality"
  | "setVolume"
  | "resize"
  | "still"
>;

type Tell = <K extends keyof WorkerEvents>(
  name: K,
  value: WorkerEvents[K],
) => void;

const QUALITIES = { full: 1, half: 2, quarter: 3, auto: 4 } as const;

// Well within what the sound device is given ahead.
const HIDDEN_MS = 60;

/** The one player of a worker. */
export class WorkerPlayer {
  #player = 0;
  #film = 0;
  #canvas: OffscreenCanvas | null = null;
  #ticking = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastState = "";

  constructor(
    private readonly instance: () => Instance,
    private readonly tell: Tell,
  ) {}

  /** The film was edited: show it as it is now, or as `shown` is in its place. */
  filmChanged(film: number, shown: number): void {
    if (film !== this.#film || this.#player === 0) return;
    this.instance().abi.playerShow(this.#player, shown);
    this.#tick();
  }

  calls(): PlayerCalls {
    const abi = () => this.instance().abi;
    const then = (call: () => void) => {
      call();
      this.#tick();
    };
    return {
      openPlayer: (film, canvas) => this.#open(film, canvas),
      closePlayer: () => this.#close(),
      soundLink: () => {
        const link = this.instance().module.crSound.link();
        return new Transferred(
          link,
          "ring" in link ? [] : [link.port, link.control],
        );
      },
      play: (rate) => then(() => abi().playerPlay(this.#player, rate)),
      seek: (at, isScrubbing) =>
        then(() => abi().playerSeek(this.#player, at, isScrubbing)),
      step: (frames) => then(() => abi().playerStep(this.#player, frames)),
      loop: (start, duration) =>
        then(() => abi().playerLoop(this.#player, start, duration)),
      setQuality: (quality) =>
        then(() => abi().playerQuality(this.#player, QUALITIES[quality])),
      setVolume: (gain, isMuted) =>
        then(() => abi().playerVolume(this.#player, gain, isMuted)),
      resize: (width, height) =>
        then(() => {
          this.instance().module.crCanvas.resize(width, height);
          abi().playerRefresh(this.#player);
        }),
      still: () => this.#still(),
    };
  }

  async #open(film: number, canvas: OffscreenCanvas): Promise<void> {
    const { module, abi } = this.instance();
    module.crCanvas.set(canvas);
    // A context that comes back is empty.
    canvas.addEventListener("contextrestored", () => this.#repaint());
    canvas.addEventListener("webglcontextrestored", () => this.#repaint());
    this.#canvas = canvas;
    this.#film = film;
    this.#player = abi.playerOpen(film, 0);
    this.#ticking = true;
    this.#refresh();
    void this.#watch();
    // A hidden tab has no refreshes, and goes on being heard.
    this.#timer = setInterval(() => this.#tick(), HIDDEN_MS);
  }

  #repaint(): void {
    if (this.#player === 0) return;
    this.instance().abi.playerRefresh(this.#player);
    this.#tick();
  }

  #close(): void {
    this.#ticking = false;
    clearInterval(this.#timer);
    if (this.#player !== 0) this.instance().abi.playerClose(this.#player);
    this.#player = 0;
  }

  #refresh(): void {
    if (!this.#ticking) return;
    this.#tick();
    requestAnimationFrame(() => this.#refresh());
  }

  async #watch(): Promise<void> {
    while (this.#ticking) {
      await this.instance().module.crActivity();
      this.#tick();
    }
  }

  #tick(): void {
    if (this.#player === 0) return;
    const { abi } = this.instance();
    try {
      abi.playerTick(this.#player, Math.round(performance.now() * 1000));
    } catch (why) {
      if (!(why instanceof EngineError)) throw why;
      const { status, place, message } = why;
      this.tell("trouble", { status, place, message });
    }
    const text = abi.playerState(this.#player);
    if (text === this.#lastState) return;
    this.#lastState = text;
    const painter =
      this.instance().module._cr_engine_painter!() === 1 ? "webgl" : "cpu";
    this.tell("state", {
      ...(JSON.parse(text) as Omit<PlayerState, "painter">),
      painter,
    });
  }

  // Painted and read in one turn: what a canvas shows is gone with the next.
  async #still(): Promise<Blob> {
    if (!this.#canvas)
      throw new EngineError("INVALID", "", "There is no player.");
    this.instance().abi.playerRefresh(this.#player);
    this.#tick();
    return this.#canvas.convertToBlob({ type: "image/png" });
  }
}
