import type { Abilities } from "@/engine/engine";
import { strings } from "@/strings";

/** What a browser lacks, and what that means. */
export interface Lack {
  /** Nothing can be done here. */
  isBlocking: boolean;
  sentence: string;
}

const CODEC_NAMES = { h264: "H.264", vp9: "VP9", av1: "AV1" } as const;

/** Everything that this browser, on this page, lacks: what is missing, and what still works. */
export function lacksOf(abilities: Abilities): Lack[] {
  const words = strings.missing;
  if (!abilities.offscreenCanvas)
    return [{ isBlocking: true, sentence: words.offscreen }];
  const found: string[] = [];
  const codecs = (["h264", "vp9", "av1"] as const).filter(
    (codec) => !abilities.encode[codec],
  );
  if (!abilities.webCodecs) found.push(words.webCodecs);
  else if (codecs.length > 0)
    found.push(words.video(codecs.map((c) => CODEC_NAMES[c]).join(", ")));
  if (!abilities.storage) found.push(words.storage);
  if (!abilities.threads) found.push(words.threads);
  if (!abilities.savePicker) found.push(words.savePicker);
  return found.map((sentence) => ({ isBlocking: false, sentence }));
}
