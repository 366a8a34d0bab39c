// @ts-check
// What a finished prediction's model has made.
import { film, music, picture, wav } from "./media.js";

/** @typedef {import("./replicate_models.js").Model} Model */

/** @param {string} ratio @returns {[number, number]} of about a megapixel, even */
function sizeOf(ratio) {
  const [across = 1, down = 1] = ratio.split(":").map(Number);
  const height = Math.sqrt(1_000_000 / (across / down));
  return [
    Math.round((height * across) / down / 16) * 16,
    Math.round(height / 16) * 16,
  ];
}

/** @type {Record<string, number>} */
const HEIGHTS = { "480p": 480, "720p": 720, "1080p": 1080 };

/** Seconds of a WAV file. @param {Buffer} bytes */
function secondsOf(bytes) {
  if (bytes.length < 44 || bytes.toString("latin1", 0, 4) !== "RIFF") return 5;
  return (bytes.length - 44) / Math.max(1, bytes.readUInt32LE(28));
}

/**
 * How many of the model's units an input costs.
 * @param {Model} model
 * @param {any} input
 * @param {Buffer | null} sound
 */
export function unitsOf(model, input, sound) {
  if (model.unit === "image") return input.num_outputs ?? input.num_images ?? 1;
  if (model.unit === "run") return 1;
  if (model.makes === "film")
    return input.duration ?? (model.input.audio ? 5 : 8);
  if (model.makes === "lips")
    return Math.max(1, Math.ceil(sound ? secondsOf(sound) : 5));
  return 1;
}

/**
 * @param {Model} model
 * @param {any} input
 * @param {number} index of the output
 * @param {{still: Buffer | null, sound: Buffer | null}} files
 * @param {(width: number, height: number) => [number, number]} shrunk
 * @returns {Promise<{bytes: Buffer, type: string, name: string}>}
 */
export async function makeOutput(model, input, index, files, shrunk) {
  if (model.makes === "picture") {
    // "match_input_image" is as wide as most films are.
    const ratio = input.aspect_ratio ?? "1:1";
    const [width, height] = shrunk(
      ...sizeOf(ratio.includes(":") ? ratio : "16:9"),
    );
    const format =
      input.output_format ?? (model.input.output_format ? "webp" : "jpg");
    const words = `${input.prompt} ${input.seed ?? ""} ${index}`;
    const type = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" }[
      /** @type {"png"} */ (format)
    ];
    return {
      bytes: await picture(words, width, height, format),
      type,
      name: `out-${index}.${format}`,
    };
  }
  if (model.makes === "song") {
    const seconds = model.unit === "piece" ? 30 : (input.duration ?? 8);
    const bytes = wav(music(input.prompt ?? "", seconds, 32000), 32000, 2);
    return { bytes, type: "audio/wav", name: "out.wav" };
  }
  const height = HEIGHTS[input.resolution ?? "720p"] ?? 720;
  const tall = input.aspect_ratio === "9:16";
  const size = tall
    ? shrunk(height, (height * 16) / 9)
    : shrunk((height * 16) / 9, height);
  const rate = model.makes === "lips" ? 25 : 24;
  const seconds =
    model.makes === "lips"
      ? files.sound
        ? secondsOf(files.sound)
        : 5
      : (input.duration ?? 5);
  const shape = { width: size[0], height: size[1], rate };
  const bytes = await film(input.prompt ?? "", seconds, shape, files.still);
  return { bytes, type: "video/mp4", name: "tmp.mp4" };
}
