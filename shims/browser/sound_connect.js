// The page's half of the engine's sound: an ES module for the main thread, where alone an
// AudioContext may live.

/** Of the ring's header; as in sound.js. */
const LATENCY = 5;
const RUNNING = 6;

/** How often the device's delay is looked at: headphones come and go. */
const LOOK_EVERY_MS = 500;

/**
 * What Module.crSound.link() gave in the worker: post it here as it is, a port among the things that
 * are transferred.
 * @typedef {{ ring: SharedArrayBuffer } | { port: MessagePort, control: MessagePort }} SoundLink
 */

/**
 * Lets the engine be heard in [context], which must run at 48 kHz and stays its caller's: resume it
 * when the user allows. Gives the node, connected to the context's destination, and how to end it.
 * @param {BaseAudioContext} context
 * @param {SoundLink} link
 * @param {{ worklet?: string | URL, destination?: AudioNode }} [options] [worklet] is where
 *   sound_worklet.js is
 * @returns {Promise<{ node: AudioWorkletNode, close: () => void }>}
 */
export async function connectSound(context, link, options = {}) {
  if (context.sampleRate !== 48000) {
    throw new Error(
      `The engine's sound is 48000 samples a second and this context has ${context.sampleRate}: ` +
        "make it with {sampleRate: 48000}.",
    );
  }
  const worklet =
    options.worklet ?? new URL("./sound_worklet.js", import.meta.url);
  await context.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(context, "cutroom-sound", {
    numberOfInputs: 0,
    outputChannelCount: [2],
  });
  if ("ring" in link) node.port.postMessage({ ring: link.ring });
  else node.port.postMessage({ port: link.port }, [link.port]);
  node.connect(options.destination ?? context.destination);
  const stop = tellAbout(context, teller(link));
  const close = () => {
    stop();
    node.port.postMessage({ end: true });
    node.disconnect();
  };
  return { node, close };
}

/**
 * @param {SoundLink} link
 * @returns {(words: [number, number][]) => void}
 */
function teller(link) {
  if (!("ring" in link)) return (words) => link.control.postMessage(words);
  const header = new Int32Array(link.ring, 0, 8);
  return (words) => {
    for (const [word, value] of words) Atomics.store(header, word, value);
  };
}

/**
 * Tells the engine whether [context] runs and how long sound takes from there to the ears.
 * @param {BaseAudioContext} context
 * @param {(words: [number, number][]) => void} tell
 */
function tellAbout(context, tell) {
  const look = () => {
    const now = /** @type {Partial<AudioContext>} */ (context);
    // Firefox has both, Safari only the second; an OfflineAudioContext neither.
    const seconds = now.outputLatency || now.baseLatency || 0;
    tell([
      [LATENCY, Math.round(seconds * context.sampleRate)],
      [RUNNING, context.state === "running" ? 1 : 0],
    ]);
  };
  look();
  context.addEventListener("statechange", look);
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    context.removeEventListener("statechange", look);
    tell([[RUNNING, 0]]);
  };
}
