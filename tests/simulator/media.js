// @ts-check
// Real, playable outputs, small and quickly made, each different from the others. Pictures and films
// come from ffmpeg, sound is computed here.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { makeChance, seedOf } from "./chance.js";

/** @type {Map<string, Promise<Buffer>>} */
const made = new Map();

/**
 * Runs ffmpeg with [input] on its standard input and gives its standard output.
 * @param {string[]} words
 * @param {Buffer} [input]
 * @returns {Promise<Buffer>}
 */
function ffmpeg(words, input) {
  return new Promise((resolve, reject) => {
    const child = spawn("ffmpeg", [
      "-v",
      "error",
      "-nostdin",
      "-threads",
      "1",
      ...words,
    ]);
    /** @type {Buffer[]} */
    const chunks = [];
    let said = "";
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(Buffer.concat(chunks))
        : reject(new Error(`ffmpeg failed: ${said}`)),
    );
    child.stdin.on("error", () => {}); // it may have seen enough
    child.stdin.end(input ?? Buffer.alloc(0));
  });
}

/**
 * @param {string} key
 * @param {() => Promise<Buffer>} make
 */
function once(key, make) {
  const known = made.get(key);
  if (known) return known;
  const making = make();
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}

/** @param {string} text */
function gradient(text) {
  const chance = makeChance(seedOf(text));
  const colour = () =>
    `0x${Math.floor(chance() * 0xffffff)
      .toString(16)
      .padStart(6, "0")}`;
  return `c0=${colour()}:c1=${colour()}:c2=${colour()}:nb_colors=3:seed=${Math.floor(chance() * 9999)}`;
}

/**
 * @param {string} words
 * @param {number} width
 * @param {number} height
 * @param {"png" | "jpg" | "webp"} format
 */
export function picture(words, width, height, format = "png") {
  const codec = { png: "png", jpg: "mjpeg", webp: "libwebp" }[format];
  return once(`picture ${words} ${width}x${height} ${format}`, () =>
    ffmpeg([
      ...[
        "-f",
        "lavfi",
        "-i",
        `gradients=s=${width}x${height}:${gradient(words)}:d=1:r=1`,
      ],
      ...["-frames:v", "1", "-c:v", codec, "-f", "image2pipe", "-"],
    ]),
  );
}

/**
 * A film of so many seconds that moves, over [still] when there is one.
 * @param {string} words
 * @param {number} seconds
 * @param {{width: number, height: number, rate: number}} size
 * @param {Buffer | null} [still]
 */
export function film(words, seconds, size, still = null) {
  const shape = `${size.width}x${size.height}`;
  const hash = still ? createHash("sha256").update(still).digest("hex") : words;
  const coding = [
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-crf",
    "32",
    "-pix_fmt",
    "yuv420p",
  ];
  const file = ["-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "-"];
  const moving = still
    ? [
        ...["-loop", "1", "-framerate", String(size.rate), "-i", "-", "-vf"],
        `scale=${size.width * 2}:-2,crop=${size.width}:${size.height}:t*8:t*4,setsar=1`,
      ]
    : [
        ...["-f", "lavfi", "-i"],
        `gradients=s=${shape}:${gradient(words)}:speed=0.05:r=${size.rate}:d=${seconds}`,
      ];
  return once(`film ${hash} ${seconds} ${shape} ${size.rate}`, () =>
    ffmpeg(
      [...moving, "-t", String(seconds), ...coding, ...file],
      still ?? undefined,
    ),
  );
}

/**
 * @param {Buffer} wav
 * @param {"mp3" | "opus" | "aac" | "flac" | "wav"} format
 */
export async function coded(wav, format) {
  if (format === "wav") return wav;
  const words = {
    mp3: ["-c:a", "libmp3lame", "-b:a", "128k", "-f", "mp3"],
    opus: ["-c:a", "libopus", "-f", "ogg"],
    aac: ["-c:a", "aac", "-f", "adts"],
    flac: ["-f", "flac"],
  }[format];
  const key = createHash("sha256").update(wav).digest("hex");
  return once(`sound ${key} ${format}`, () =>
    ffmpeg(["-f", "wav", "-i", "-", ...words, "-"], wav),
  );
}

/**
 * 16-bit PCM with its header.
 * @param {Float32Array} samples channels interleaved
 * @param {number} rate
 * @param {number} channels
 */
export function wav(samples, rate, channels = 1) {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([header, pcm(samples)]);
}

/** @param {Float32Array} samples */
export function pcm(samples) {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((value, index) =>
    bytes.writeInt16LE(
      Math.round(Math.max(-1, Math.min(1, value)) * 32767),
      index * 2,
    ),
  );
  return bytes;
}

/** Of one character of speech, and of the rest after a sentence, in seconds. */
const CHARACTER_SECONDS = 0.065;
const REST_SECONDS = 0.3;

/**
 * When each character of a text is spoken.
 * @param {string} text
 * @param {number} speed
 */
export function spokenTimes(text, speed = 1) {
  const characters = [...text];
  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} */
  const ends = [];
  let at = 0.05;
  for (const character of characters) {
    const length =
      (CHARACTER_SECONDS + (/[.!?]/.test(character) ? REST_SECONDS : 0)) /
      speed;
    starts.push(Number(at.toFixed(3)));
    at += length;
    ends.push(Number(at.toFixed(3)));
  }
  return { characters, starts, ends, seconds: at + 0.1 };
}

/**
 * A buzz for every letter of the text, silence where there is none.
 * @param {string} text
 * @param {number} rate
 * @param {number} speed
 */
export function speech(text, rate, speed = 1) {
  const times = spokenTimes(text, speed);
  const samples = new Float32Array(Math.round(times.seconds * rate));
  times.characters.forEach((character, index) => {
    if (!/[\p{L}\p{N}]/u.test(character)) return;
    const pitch = 110 + ((character.codePointAt(0) ?? 0) % 40);
    const begin = Math.round((times.starts[index] ?? 0) * rate);
    const end = Math.min(
      samples.length,
      begin + Math.round((CHARACTER_SECONDS / speed) * rate),
    );
    for (let i = begin; i < end; i++) {
      const phase = (2 * Math.PI * pitch * i) / rate;
      const shape = Math.sin((Math.PI * (i - begin)) / (end - begin));
      samples[i] = 0.25 * shape * (Math.sin(phase) + 0.5 * Math.sin(3 * phase));
    }
  });
  return samples;
}

/**
 * Chords that change every two seconds, in stereo.
 * @param {string} words
 * @param {number} seconds
 * @param {number} rate
 */
export function music(words, seconds, rate) {
  const root = 110 * 2 ** ((seedOf(words) % 12) / 12);
  const count = Math.round(seconds * rate);
  const samples = new Float32Array(count * 2);
  const steps = [0, 5, 7, 3];
  for (let i = 0; i < count; i++) {
    const time = i / rate;
    const step = steps[Math.floor(time / 2) % steps.length] ?? 0;
    const edge = Math.min(1, (time % 2) * 20, (2 - (time % 2)) * 20);
    let value = 0;
    for (const semitone of [0, 4, 7])
      value += Math.sin(
        2 * Math.PI * root * 2 ** ((step + semitone) / 12) * time,
      );
    samples[i * 2] = samples[i * 2 + 1] = 0.1 * edge * value;
  }
  return samples;
}
