// Small pictures and loudness of the film's assets, as the timeline draws them: asked of the engine when they
// come into sight, kept by asset within a budget.
import {
  PEAKS_PER_SECOND,
  TICKS_PER_SECOND,
  type Sketcher,
  type Ticks,
} from "@/engine/engine";
import type { Asset } from "@/state/project";

/** How loud a source is along its time. */
export interface Peaks {
  /** The loudest of a stretch, 0…1; null where it is not known yet. */
  between(start: Ticks, duration: Ticks): number | null;
}

/** What is known of assets now; what is not is asked for. */
export interface Sketches {
  /** The picture at [at]; those asked for lie [spacing] apart, so that near ones are shared. */
  picture(asset: Asset, at: Ticks, spacing: Ticks): ImageBitmap | null;
  peaks(asset: Asset): Peaks | null;
}

/** Pictures are made so high: sharp on tall tracks, small enough to keep thousands. */
const PICTURE_HEIGHT = 72;

/** Pictures are kept up to so many bytes. */
const BYTES_MAX = 96 * 1024 * 1024;

/** The finest that pictures of one asset lie apart; others are twice that, and twice again. */
const FINEST: Ticks = TICKS_PER_SECOND / 8;

/** Coarser pictures that stand in for one that is not there yet. */
const STAND_INS = 8;

/** Wishes of views that were left long ago are forgotten. */
const WISHES_MAX = 160;

/** Peaks are read in such pieces. */
const PIECE = 20 * PEAKS_PER_SECOND;

/** As long as nobody knows how long an asset is: an hour. */
const PEAKS_MAX = 3600 * PEAKS_PER_SECOND;

/** Peaks under one, for views of long stretches. */
const COARSE = 32;

interface Wish {
  key: string;
  uri: string;
  at: Ticks;
}

const keyOf = (uri: string, level: number, slot: number) =>
  `${level} ${slot} ${uri}`;

/** The peaks of one asset, as far as they were read. */
class KnownPeaks implements Peaks {
  readonly #fine: Uint8Array;
  readonly #coarse: Uint8Array;
  known = 0;

  constructor(readonly count: number) {
    this.#fine = new Uint8Array(count);
    this.#coarse = new Uint8Array(Math.ceil(count / COARSE));
  }

  add(peaks: Uint8Array) {
    this.#fine.set(peaks, this.known);
    peaks.forEach((peak, place) => {
      const coarse = Math.floor((this.known + place) / COARSE);
      this.#coarse[coarse] = Math.max(this.#coarse[coarse] ?? 0, peak);
    });
    this.known += peaks.length;
  }

  between(start: Ticks, duration: Ticks): number | null {
    const perTick = PEAKS_PER_SECOND / TICKS_PER_SECOND;
    const first = Math.floor(start * perTick);
    const last = Math.max(first + 1, Math.ceil((start + duration) * perTick));
    if (first >= this.known) return null;
    const isCoarse = last - first > 2 * COARSE;
    const peaks = isCoarse ? this.#coarse : this.#fine;
    const step = isCoarse ? COARSE : 1;
    let loudest = 0;
    for (let at = Math.floor(first / step); at < last / step; at++)
      loudest = Math.max(loudest, peaks[at] ?? 0);
    return loudest / 255;
  }
}

/** Sketches of the media that [sketcher] can open. */
export class MadeSketches implements Sketches {
  /** In the order of their last use. */
  readonly #pictures = new Map<string, ImageBitmap>();
  readonly #wishes = new Map<string, Wish>();
  readonly #peaks = new Map<string, KnownPeaks>();
  /** What cannot be drawn is not asked for again. */
  readonly #failed = new Set<string>();
  #bytes = 0;
  /** What is being made now: it is not wished for again. */
  #making = "";
  #isDrawing = false;
  #isClosed = false;

  constructor(
    private readonly sketcher: Sketcher,
    private readonly changed: () => void,
  ) {}

  picture(asset: Asset, at: Ticks, spacing: Ticks): ImageBitmap | null {
    const { uri } = asset;
    if (this.#failed.has(`picture ${uri}`)) return null;
    const isStill = asset.duration === 0;
    const finest = isStill ? 0 : Math.floor(Math.log2(spacing / FINEST));
    const level = Math.max(0, finest);
    const slot = isStill ? 0 : Math.floor(at / (FINEST * 2 ** level));
    const key = keyOf(uri, level, slot);
    const known = this.#use(key);
    if (known) return known;
    this.#wish({ key, uri, at: slot * FINEST * 2 ** level });
    return isStill ? null : this.#standIn(uri, at, level);
  }

  peaks(asset: Asset): Peaks | null {
    const { uri, duration } = asset;
    if (this.#failed.has(`peaks ${uri}`)) return null;
    const known = this.#peaks.get(uri);
    if (known) return known;
    const seconds = (duration ?? 0) / TICKS_PER_SECOND;
    const count = Math.ceil(seconds * PEAKS_PER_SECOND) || PEAKS_MAX;
    const peaks = new KnownPeaks(count);
    this.#peaks.set(uri, peaks);
    void this.#listen(uri, peaks);
    return peaks;
  }

  close() {
    this.#isClosed = true;
    this.sketcher.close();
    for (const picture of this.#pictures.values()) picture.close();
    this.#pictures.clear();
  }

  #use(key: string): ImageBitmap | null {
    const picture = this.#pictures.get(key);
    if (!picture) return null;
    this.#pictures.delete(key);
    this.#pictures.set(key, picture);
    return picture;
  }

  #standIn(uri: string, at: Ticks, level: number): ImageBitmap | null {
    for (let coarser = level + 1; coarser < level + STAND_INS; coarser++) {
      const slot = Math.floor(at / (FINEST * 2 ** coarser));
      const picture = this.#pictures.get(keyOf(uri, coarser, slot));
      if (picture) return picture;
    }
    return null;
  }

  #wish(wish: Wish) {
    if (wish.key === this.#making) return;
    this.#wishes.delete(wish.key);
    this.#wishes.set(wish.key, wish);
    for (const oldest of this.#wishes.keys()) {
      if (this.#wishes.size <= WISHES_MAX) break;
      this.#wishes.delete(oldest);
    }
    void this.#draw();
  }

  async #draw() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    // Whoever asked first in this turn of the page is seen first.
    await Promise.resolve();
    for (let [wish] = this.#wishes.values(); wish && !this.#isClosed;) {
      this.#wishes.delete(wish.key);
      await this.#make(wish);
      [wish] = this.#wishes.values();
    }
    this.#isDrawing = false;
  }

  async #make({ key, uri, at }: Wish) {
    this.#making = key;
    try {
      const picture = await this.sketcher.picture(uri, at, PICTURE_HEIGHT);
      if (this.#isClosed) return picture.close();
      this.#pictures.set(key, picture);
      this.#bytes += picture.width * picture.height * 4;
      this.#makeRoom();
      this.changed();
    } catch {
      // What is wrong with the file is told where the film is shown.
      this.#failed.add(`picture ${uri}`);
    }
    this.#making = "";
  }

  #makeRoom() {
    for (const [key, picture] of this.#pictures) {
      if (this.#bytes <= BYTES_MAX) return;
      this.#pictures.delete(key);
      this.#bytes -= picture.width * picture.height * 4;
      picture.close();
    }
  }

  async #listen(uri: string, peaks: KnownPeaks) {
    try {
      while (peaks.known < peaks.count && !this.#isClosed) {
        const count = Math.min(PIECE, peaks.count - peaks.known);
        peaks.add(await this.sketcher.peaks(uri, peaks.known, count));
        this.changed();
      }
    } catch {
      this.#failed.add(`peaks ${uri}`);
      this.changed();
    }
  }
}

/** Where there is nothing to draw with. */
export const NO_SKETCHES: Sketches = {
  picture: () => null,
  peaks: () => null,
};

let current: Sketches = NO_SKETCHES;
const listeners = new Set<() => void>();

/** What the timeline draws with. */
export const sketchesNow = () => current;

/** Something that was asked for has come: everybody is told. */
export function sketchesChanged() {
  for (const listener of listeners) listener();
}

/** From now on these are drawn with. */
export function drawWith(sketches: Sketches) {
  current = sketches;
  sketchesChanged();
}

/** Calls [listener] when there is more to draw, until the returned function is called. */
export function watchSketches(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
