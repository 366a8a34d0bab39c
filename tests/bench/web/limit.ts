// The limit: a clip's pictures through a bare decoder into a bare encoder, nothing else. No file is written.

import {
  BlobSource,
  EncodedPacketSink,
  Input,
  MP4,
  type EncodedPacket,
} from "mediabunny";
import { fetchMedia, FRAME_RATE, GOP_FRAMES, VIDEO_BIT_RATE } from "./film";
import type { Timed } from "./timed";

const WAITING_MAX = 8;

async function* packetsOf(
  name: string,
  frames: number,
): AsyncGenerator<{ packet: EncodedPacket; config: VideoDecoderConfig }> {
  const source = new BlobSource(await fetchMedia(name));
  const input = new Input({ source, formats: [MP4] });
  const track = (await input.getPrimaryVideoTrack())!;
  const config = (await track.getDecoderConfig())!;
  let left = frames;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (left-- === 0) return;
    yield { packet, config };
  }
}

function room(
  queue: VideoDecoder | VideoEncoder,
  size: () => number,
): Promise<void> {
  if (size() <= WAITING_MAX) return Promise.resolve();
  return new Promise((resolve) =>
    queue.addEventListener("dequeue", () => resolve(room(queue, size)), {
      once: true,
    }),
  );
}

/** `frames` pictures of each of the two clips. */
export async function runLimit(frames: number): Promise<Timed> {
  let coded = 0;
  let shown = 0;
  const encoder = new VideoEncoder({
    output: () => coded++,
    error: (why) => {
      throw why;
    },
  });
  encoder.configure({
    codec: "avc1.640028",
    width: 1920,
    height: 1080,
    bitrate: VIDEO_BIT_RATE,
    framerate: FRAME_RATE,
    latencyMode: "quality",
    avc: { format: "avc" },
  });
  const decoder = new VideoDecoder({
    output: (picture) => {
      encoder.encode(picture, { keyFrame: shown++ % GOP_FRAMES === 0 });
      picture.close();
    },
    error: (why) => {
      throw why;
    },
  });
  const begin = performance.now();
  for (const name of ["one.mp4", "two.mp4"]) {
    let isConfigured = false;
    for await (const { packet, config } of packetsOf(name, frames)) {
      if (!isConfigured) decoder.configure(config);
      isConfigured = true;
      decoder.decode(packet.toEncodedVideoChunk());
      await room(decoder, () => decoder.decodeQueueSize);
      await room(encoder, () => encoder.encodeQueueSize);
    }
    await decoder.flush();
  }
  await encoder.flush();
  const seconds = (performance.now() - begin) / 1000;
  decoder.close();
  encoder.close();
  return { frames: coded, seconds };
}
