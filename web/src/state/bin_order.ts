import type { MediaFacts } from "@/engine/engine";
import type { Asset } from "@/state/project";
import { strings } from "@/strings";

export type Sort = keyof typeof strings.bin.sorts;
export type AssetKind = keyof typeof strings.bin.kinds;

const STILLS = /\.(png|jpe?g|webp|bmp|svg|avif)$/i;
const SOUNDS = /\.(wav|mp3|m4a|aac|flac|ogg|opus)$/i;

/** What an asset is, by what is in it, or by its name until that is known. */
export function kindOfAsset(
  { uri, duration }: Asset,
  facts: MediaFacts | null,
): AssetKind {
  if (facts?.picture)
    return facts.duration === 0 || duration === 0 ? "image" : "video";
  if (facts?.sound) return "audio";
  if (STILLS.test(uri)) return "image";
  return SOUNDS.test(uri) ? "audio" : "unknown";
}

/** In the order that somebody wants to see. */
export function sorted(
  assets: readonly Asset[],
  sort: Sort,
  nameOf: (asset: Asset) => string,
  facts: ReadonlyMap<string, MediaFacts | null>,
): Asset[] {
  const length = (asset: Asset) =>
    asset.duration ?? facts.get(asset.uri)?.duration ?? 0;
  const kind = (asset: Asset) =>
    kindOfAsset(asset, facts.get(asset.uri) ?? null);
  const byName = (one: Asset, other: Asset) =>
    nameOf(one).localeCompare(nameOf(other), undefined, { numeric: true });
  const orders: Record<Sort, ((one: Asset, other: Asset) => number) | null> = {
    added: null,
    name: byName,
    kind: (one, other) =>
      kind(one).localeCompare(kind(other)) || byName(one, other),
    duration: (one, other) => length(other) - length(one) || byName(one, other),
  };
  const order = orders[sort];
  return order ? [...assets].sort(order) : [...assets];
}
