// What is in the assets of the open film: asked of the engine once for each.
import type { Film, Ticks } from "@/engine/engine";
import { projectNow, type Asset } from "@/state/project";
import { now } from "@/state/session";

export interface AssetFacts {
  hasPicture: boolean;
  hasSound: boolean;
  /** 0: a still. */
  duration: Ticks;
}

/** By film and uri: another film may have other files of the same name. */
const known = new WeakMap<Film, Map<string, Promise<AssetFacts>>>();

const STILL_CODECS = /^(png|mjpeg|jpeg|webp|bmp|tiff|avif)$/;

async function ask(film: Film, { uri, duration }: Asset): Promise<AssetFacts> {
  const { picture, sound, ...facts } = await film.facts(uri);
  const isStill =
    picture !== null && !sound && STILL_CODECS.test(picture.codec);
  return {
    hasPicture: picture !== null,
    hasSound: sound !== null,
    duration: isStill ? 0 : (duration ?? facts.duration),
  };
}

/** What is in an asset of the open film. Rejects with the engine's sentence when it cannot be read. */
export function factsOf(asset: string): Promise<AssetFacts> {
  const film = now().open?.film;
  const named = projectNow().assets.get(asset);
  if (!film || !named)
    return Promise.resolve({ hasPicture: false, hasSound: false, duration: 0 });
  const ofFilm = known.get(film) ?? new Map<string, Promise<AssetFacts>>();
  known.set(film, ofFilm);
  const { uri } = named;
  const asked = ofFilm.get(uri) ?? ask(film, named);
  ofFilm.set(uri, asked);
  // A file that was missing may be there the next time.
  asked.catch(() => ofFilm.delete(uri));
  return asked;
}
