// What a person wants to know of a file, from what the engine found in it.

import type { MediaFacts, Rate } from "./engine";

interface Stream {
  kind: string;
  codec: string;
  display_width?: number;
  display_height?: number;
  frame_rate?: Rate;
  sample_rate?: number;
  channels?: number;
}

/** `probed` is the text of `cutroom probe --json`. */
export function mediaFacts(
  file: Pick<File, "name" | "size">,
  probed: string,
): MediaFacts {
  const { duration, streams } = JSON.parse(probed) as {
    duration: number | null;
    streams: Stream[];
  };
  const picture = streams.find(({ kind }) => kind === "video");
  const sound = streams.find(({ kind }) => kind === "audio");
  return {
    name: file.name,
    bytes: file.size,
    duration: duration ?? 0,
    picture: picture
      ? {
          codec: picture.codec,
          width: picture.display_width ?? 0,
          height: picture.display_height ?? 0,
          rate: picture.frame_rate ?? { num: 0, den: 1 },
        }
      : null,
    sound: sound
      ? {
          codec: sound.codec,
          rate: sound.sample_rate ?? 0,
          channels: sound.channels ?? 0,
        }
      : null,
  };
}
