// The ears: an AudioContext of the page, fed by the engine.

import { connectSound } from "@shims/sound_connect.js";
import type { SoundLink } from "./module";

/** Made at the user's first gesture, since a browser keeps a page silent until then. */
export class Sound {
  #context: AudioContext | null = null;
  #close = () => {};

  /** Resolves when there is sound. Without a device it rejects, and playback goes by the clock. */
  async start(link: () => Promise<SoundLink>): Promise<void> {
    if (this.#context) return this.#context.resume();
    const context = new AudioContext({
      sampleRate: 48000,
      latencyHint: "interactive",
    });
    this.#context = context;
    const connected = await connectSound(context, await link());
    this.#close = connected.close;
    await context.resume();
  }

  close(): void {
    this.#close();
    void this.#context?.close();
    this.#context = null;
  }
}
