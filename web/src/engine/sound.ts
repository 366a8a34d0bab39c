// The ears: an AudioContext of the page, fed by the engine.

import { connectSound } from "@shims/sound_connect.js";
import type { SoundLink } from "./module";

/** Made silent with the player, since making it takes long; heard from the user's first gesture on. */
export class Sound {
  #context: AudioContext | null = null;
  #connected: Promise<void> | null = null;
  #close = () => {};

  /** Makes what there is to make. Without a device it rejects, as `start` then does. */
  prepare(link: () => Promise<SoundLink>): Promise<void> {
    this.#connected ??= this.#connect(link);
    return this.#connected;
  }

  /**
   * Resolves when there is sound. To be called in a user's gesture, before which a browser keeps a page silent.
   * Without a device it rejects, and playback goes by the clock.
   */
  async start(link: () => Promise<SoundLink>): Promise<void> {
    const connected = this.prepare(link);
    // At once: after a wait it would no longer be in the gesture.
    const running = this.#context?.resume();
    await connected;
    await running;
  }

  async #connect(link: () => Promise<SoundLink>): Promise<void> {
    const context = new AudioContext({
      sampleRate: 48000,
      latencyHint: "interactive",
    });
    this.#context = context;
    // A page that may be heard already would keep the device awake for nothing.
    void context.suspend();
    const { close } = await connectSound(context, await link());
    this.#close = close;
    if (this.#context === null) close();
  }

  close(): void {
    this.#close();
    void this.#context?.close();
    this.#context = null;
  }
}
