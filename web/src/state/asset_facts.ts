// What is in the files of the open film, asked for once each.
import { create } from "zustand";
import type { Film, MediaFacts } from "@/engine/engine";
import { projectNow } from "@/state/project";
import { now } from "@/state/session";

interface Known {
  film: Film | null;
  /** By uri; null: it cannot be read. */
  facts: ReadonlyMap<string, MediaFacts | null>;
}

export const useAssetFacts = create<Known>(() => ({
  film: null,
  facts: new Map(),
}));

const asked = new Set<string>();
let last: Promise<unknown> = Promise.resolve();

/** Forgets what is known of one file, or of all: it was replaced. */
export function forgetFacts(uri?: string) {
  if (uri === undefined) asked.clear();
  else asked.delete(uri);
}

async function ask(film: Film, uri: string) {
  const found = await film.facts(uri).catch(() => null);
  if (useAssetFacts.getState().film !== film) return;
  useAssetFacts.setState(({ facts }) => ({
    facts: new Map(facts).set(uri, found),
  }));
}

/** Asks for [uri] where nobody has yet; what comes is in the store. One file at a time is looked into. */
export function wantFacts(uri: string) {
  const film = now().open?.film;
  if (!film) return;
  if (useAssetFacts.getState().film !== film) {
    asked.clear();
    useAssetFacts.setState({ film, facts: new Map() });
  }
  if (asked.has(uri)) return;
  asked.add(uri);
  last = last.then(() => ask(film, uri));
}

/** The size of an asset's picture; null where it is not known (yet). */
export function pictureSize(
  asset: string | undefined,
  facts: Known["facts"],
): { width: number; height: number } | null {
  const uri = asset && projectNow().assets.get(asset)?.uri;
  const picture = uri ? facts.get(uri)?.picture : null;
  return picture && picture.width > 0 ? picture : null;
}
