// Plays nothing: counts frames by the display's clock and paints their number.
import {
  EngineError,
  TICKS_PER_SECOND,
  type FilmInfo,
  type Player,
  type PlayerState,
  type Quality,
  type Range,
} from "@/engine/engine";

export class FakePlayer implements Player {
  state: PlayerState;
  /** Everything that the page asked for, in order. */
  calls: unknown[][] = [];
  isClosed = false;
  #listeners = new Set<(state: PlayerState) => void>();
  #troubles = new Set<(error: EngineError) => void>();
  #before = 0;

  constructor(
    private readonly info: FilmInfo,
    private readonly canvas: HTMLCanvasElement,
  ) {
    this.state = {
      playhead: 0,
      shown: 0,
      duration: info.duration,
      rate: 0,
      isScrubbing: false,
      isLooping: false,
      isWaiting: false,
      framesShown: 1,
      framesDropped: 0,
      quality: "full",
      cacheBytes: 0,
      offsetMicroseconds: 0,
      levels: [0, 0],
      painter: "cpu",
    };
    window.fake.leaks++;
  }

  set(part: Partial<PlayerState>) {
    this.state = { ...this.state, ...part };
    this.#paint();
    for (const listener of this.#listeners) listener(this.state);
  }

  trouble(message: string, place: string) {
    for (const listener of this.#troubles)
      listener(new EngineError("CORRUPT", place, message));
  }

  subscribe(listener: (state: PlayerState) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  onTrouble(listener: (error: EngineError) => void) {
    this.#troubles.add(listener);
    return () => void this.#troubles.delete(listener);
  }
  play(rate = 1) {
    this.calls.push(["play", rate]);
    this.#before = performance.now();
    this.set({ rate });
    requestAnimationFrame(this.#go);
  }
  pause() {
    this.calls.push(["pause"]);
    this.set({ rate: 0 });
  }
  seek(at: number, isScrubbing = false) {
    this.calls.push(["seek", at, isScrubbing]);
    this.set({ playhead: at, rate: 0, isScrubbing });
  }
  step(frames: number) {
    this.calls.push(["step", frames]);
    const { num, den } = this.info.rate;
    const length = (TICKS_PER_SECOND * den) / num;
    const frame = Math.floor(this.state.playhead / length) + frames;
    this.set({ playhead: Math.max(0, Math.ceil(frame * length)), rate: 0 });
  }
  loop(range: Range | null) {
    this.calls.push(["loop", range]);
    this.set({ isLooping: range !== null });
  }
  setQuality(quality: Quality) {
    this.calls.push(["setQuality", quality]);
  }
  setVolume(gain: number, isMuted: boolean) {
    this.calls.push(["setVolume", gain, isMuted]);
  }
  resize(width: number, height: number) {
    this.calls.push(["resize", width, height]);
    this.canvas.width = width;
    this.canvas.height = height;
    this.#paint();
  }
  still = () => Promise.resolve(new Blob());
  close() {
    if (!this.isClosed) window.fake.leaks--;
    this.isClosed = true;
  }

  #go = (time: number) => {
    if (this.state.rate === 0 || this.isClosed) return;
    const step =
      Math.max(0, time - this.#before) *
      this.state.rate *
      (TICKS_PER_SECOND / 1000);
    this.#before = time;
    const playhead = Math.max(
      0,
      Math.min(this.info.duration, Math.round(this.state.playhead + step)),
    );
    this.set({ playhead, levels: [0.5, 0.4] });
    requestAnimationFrame(this.#go);
  };

  #paint() {
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const { width, height } = this.canvas;
    const dusk = context.createLinearGradient(0, 0, 0, height);
    dusk.addColorStop(0, "#27365c");
    dusk.addColorStop(0.6, "#c9735a");
    dusk.addColorStop(1, "#f1c27a");
    context.fillStyle = dusk;
    context.fillRect(0, 0, width, height);
    context.fillStyle = "#1c2a3d";
    context.fillRect(0, height * 0.72, width, height * 0.28);
    context.fillStyle = "#fff6e0";
    context.beginPath();
    const at = this.state.playhead / Math.max(1, this.info.duration);
    context.arc(width * (0.1 + 0.8 * at), height * 0.5, height * 0.07, 0, 7);
    context.fill();
  }
}
