// Small pictures and peaks of media, for a page that draws a timeline.

import { Transferred } from "../channel";
import type { FilmSource } from "../engine";
import type { WorkerCalls } from "../protocol";
import { openFolder, type Instance } from "./instance";
import { nextTurn } from "./turns";

type SketchCalls = Pick<
  WorkerCalls,
  "openSketches" | "sketchPicture" | "sketchPeaks"
>;

/** A file whose pictures are asked for. */
interface Strip {
  id: number;
  width: number;
  height: number;
}

/** Files that are open at once: each holds a decoder and its pictures. */
const STRIPS_MAX = 6;

/** Readers of sound cost less. */
const WAVES_MAX = 24;

/** Keeps the newest `most` of what [open] opens by name; [close] ends the others. */
class Opened<T> {
  #all = new Map<string, T>();

  constructor(
    private readonly most: number,
    private readonly close: (thing: T) => void,
  ) {}

  get(name: string, open: () => T): T {
    const thing = this.#all.get(name) ?? open();
    this.#all.delete(name);
    this.#all.set(name, thing);
    for (const [oldest, old] of this.#all) {
      if (this.#all.size <= this.most) break;
      this.#all.delete(oldest);
      this.close(old);
    }
    return thing;
  }
}

/** What a page may ask for its drawings. */
export function sketchCalls(instance: () => Instance): SketchCalls {
  let folder = "";
  const abi = () => instance().abi;
  const strips = new Opened<Strip>(STRIPS_MAX, ({ id }) =>
    abi().stripClose(id),
  );
  const waves = new Opened<number>(WAVES_MAX, (id) => abi().waveClose(id));

  const pathOf = (uri: string) =>
    /^([a-z][a-z0-9+.-]*:|\/)/i.test(uri) || folder === ""
      ? uri
      : `${folder}/${uri}`;

  const openStrip = (uri: string, height: number): Strip => {
    const id = abi().stripOpen(pathOf(uri), height);
    const size = JSON.parse(abi().stripSize(id)) as Omit<Strip, "id">;
    return { id, ...size };
  };

  return {
    async openSketches(source: FilmSource) {
      [folder] = await openFolder(instance(), source);
    },
    async sketchPicture(uri, at, height) {
      const strip = strips.get(`${height} ${uri}`, () =>
        openStrip(uri, height),
      );
      while (abi().stripMake(strip.id, at))
        await instance().module.crActivity();
      const bytes = abi().stripPicture(strip.id);
      const pixels = new ImageData(
        new Uint8ClampedArray(bytes),
        strip.width,
        strip.height,
      );
      const bitmap = await createImageBitmap(pixels);
      return new Transferred(bitmap, [bitmap]);
    },
    async sketchPeaks(uri, first, count) {
      await nextTurn();
      const wave = waves.get(uri, () => abi().waveOpen(pathOf(uri)));
      return abi().waveRead(wave, first, count);
    },
  };
}
