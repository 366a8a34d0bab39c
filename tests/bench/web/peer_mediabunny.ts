// The bench film as one writes it with mediabunny and a 2D canvas: the peer.

import {
  AudioBufferSource,
  BlobSource,
  BufferTarget,
  CanvasSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  VideoSampleSink,
  type VideoSample,
} from "mediabunny";
import {
  AUDIO_BIT_RATE,
  fetchMedia,
  FRAME_RATE,
  GOP_FRAMES,
  VIDEO_BIT_RATE,
} from "./film";
import type { Timed } from "./timed";

const WIDTH = 1920;
const HEIGHT = 1080;
const SAMPLE_RATE = 48000;
const CAPTIONS = [
  "These captions stand",
  "over the last ten seconds",
  "of the bench film,",
  "two seconds each,",
  "as captions do.",
];

type Samples = AsyncGenerator<VideoSample | null, void, unknown>;

async function samplesOf(name: string, times: number[]): Promise<Samples> {
  const source = new BlobSource(await fetchMedia(name));
  const input = new Input({ source, formats: [MP4] });
  const track = (await input.getPrimaryVideoTrack())!;
  return new VideoSampleSink(track).samplesAtTimestamps(times);
}

function times(from: number, to: number, offset: number): number[] {
  const all: number[] = [];
  for (
    let frame = Math.round(from * FRAME_RATE);
    frame < Math.round(to * FRAME_RATE);
    frame++
  )
    all.push(frame / FRAME_RATE + offset);
  return all;
}

function ramp(at: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** Draws a sample over the whole canvas, and closes it. */
function drawWhole(
  context: OffscreenCanvasRenderingContext2D,
  sample: VideoSample | null | void,
  alpha: number,
): void {
  if (!sample) return;
  context.globalAlpha = alpha;
  sample.draw(context, 0, 0, WIDTH, HEIGHT);
  sample.close();
  context.globalAlpha = 1;
}

function drawInset(
  context: OffscreenCanvasRenderingContext2D,
  sample: VideoSample | null | void,
  at: number,
  seconds: number,
): void {
  if (!sample) return;
  const width = WIDTH * 0.3;
  const height = HEIGHT * 0.3;
  const x = WIDTH / 2 - 600 + (1200 * at) / seconds - width / 2;
  const y = HEIGHT / 2 - 300 + (100 * at) / seconds - height / 2;
  context.save();
  context.globalAlpha =
    0.9 * Math.min(ramp(at, 0, 2), 1 - ramp(at, seconds - 2, seconds));
  context.beginPath();
  context.roundRect(x, y, width, height, 40);
  context.clip();
  sample.draw(context, x, y, width, height);
  context.restore();
  sample.close();
}

function drawText(
  context: OffscreenCanvasRenderingContext2D,
  at: number,
  seconds: number,
): void {
  context.textAlign = "center";
  context.fillStyle = "white";
  context.strokeStyle = "black";
  context.lineWidth = 6;
  if (at >= 1 && at < 5) {
    context.globalAlpha = Math.min(ramp(at, 1, 2), 1 - ramp(at, 4, 5));
    context.font = "bold 96px sans-serif";
    context.fillText("The bench film", WIDTH / 2, HEIGHT / 2);
    context.globalAlpha = 1;
  }
  const half = seconds / 2;
  if (at < half) return;
  const step = half / CAPTIONS.length;
  const caption = CAPTIONS[Math.floor((at - half) / step)] ?? "";
  context.font = "bold 54px sans-serif";
  context.strokeText(caption, WIDTH / 2, HEIGHT - 80);
  context.fillText(caption, WIDTH / 2, HEIGHT - 80);
}

async function mixSound(seconds: number): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(
    2,
    seconds * SAMPLE_RATE,
    SAMPLE_RATE,
  );
  for (const [name, level] of [
    ["voice.wav", 1],
    ["music.wav", 0.4],
  ] as const) {
    const bytes = await (await fetchMedia(name)).arrayBuffer();
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes);
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, 0);
    gain.gain.linearRampToValueAtTime(level, 1);
    gain.gain.setValueAtTime(level, seconds - 2);
    gain.gain.linearRampToValueAtTime(0, seconds);
    source.connect(gain).connect(context.destination);
    source.start();
  }
  return context.startRendering();
}

async function drawFilm(
  context: OffscreenCanvasRenderingContext2D,
  source: CanvasSource,
  seconds: number,
): Promise<number> {
  const half = seconds / 2;
  const one = await samplesOf("one.mp4", times(0, half + 0.5, 0));
  const two = await samplesOf("two.mp4", times(half - 0.5, seconds, 1 - half));
  const inset = await samplesOf("inset.mp4", times(0, seconds, 0));
  let frames = 0;
  for (const at of times(0, seconds, 0)) {
    if (at < half + 0.5) drawWhole(context, (await one.next()).value, 1);
    if (at >= half - 0.5)
      drawWhole(
        context,
        (await two.next()).value,
        ramp(at, half - 0.5, half + 0.5),
      );
    drawInset(context, (await inset.next()).value, at, seconds);
    drawText(context, at, seconds);
    await source.add(at, 1 / FRAME_RATE);
    frames++;
  }
  return frames;
}

/** The whole film, to a file in memory. */
export async function runMediabunny(seconds: number): Promise<Timed> {
  const begin = performance.now();
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d", { alpha: false })!;
  const target = new BufferTarget();
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: "in-memory" }),
    target,
  });
  const video = new CanvasSource(canvas, {
    codec: "avc",
    bitrate: VIDEO_BIT_RATE,
    keyFrameInterval: GOP_FRAMES / FRAME_RATE,
    latencyMode: "quality",
  });
  // There is no AAC encoder in Chromium on Linux.
  const audio = new AudioBufferSource({
    codec: "opus",
    bitrate: AUDIO_BIT_RATE,
  });
  output.addVideoTrack(video, { frameRate: FRAME_RATE });
  output.addAudioTrack(audio);
  await output.start();
  const sound = mixSound(seconds).then((buffer) => audio.add(buffer));
  const frames = await drawFilm(context, video, seconds);
  await sound;
  await output.finalize();
  return {
    frames,
    seconds: (performance.now() - begin) / 1000,
    bytes: target.buffer?.byteLength ?? 0,
  };
}
