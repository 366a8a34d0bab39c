// Colour bars as files: known colours in every way that a film says, or does not say, what its numbers mean.
import { execFileSync } from "node:child_process";
import { existsSync, promises as files } from "node:fs";
import path from "node:path";
import { streamsOf } from "./measure.js";
import { artifacts } from "./page.js";

/** @typedef {[number, number, number]} Rgb */
/** @typedef {"bt601" | "bt709"} Matrix */
/**
 * @typedef {object} Bars
 * @property {Matrix} matrix
 * @property {"limited" | "full"} range
 * @property {"colr" | "stream" | "nowhere"} told where the file says so: in its box and its stream, only
 *   in its stream, or nowhere, so that it has to be guessed
 * @property {number} width
 * @property {number} height
 */

/** Four by four, row by row: bars of 75 %, then of 100 %, then greys. @type {Rgb[]} */
export const PATCHES = [
  [191, 191, 191],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
  [0, 0, 0],
  [255, 255, 255],
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [32, 32, 32],
  [96, 96, 96],
  [128, 128, 128],
  [224, 224, 224],
];
const SIDE = 4;

/** Parts of light that are red and blue. @type {Record<Matrix, [number, number]>} */
const WEIGHTS = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722] };

/** @param {number} value */
const byte = (value) => Math.min(255, Math.max(0, Math.round(value)));

/** Luma's and chroma's scale, and where luma begins. @param {"limited" | "full"} range */
const scaleOf = (range) =>
  range === "full"
    ? { luma: 255, chroma: 255, black: 0 }
    : { luma: 219, chroma: 224, black: 16 };

/** @param {Rgb} rgb @param {Matrix} matrix @param {"limited" | "full"} range */
function yuvOf(rgb, matrix, range) {
  const [red, green, blue] = rgb.map((one) => one / 255);
  const [kr, kb] = WEIGHTS[matrix];
  const light =
    kr * (red ?? 0) + (1 - kr - kb) * (green ?? 0) + kb * (blue ?? 0);
  const { luma, chroma, black } = scaleOf(range);
  return [
    byte(black + luma * light),
    byte(128 + (chroma * ((blue ?? 0) - light)) / (2 * (1 - kb))),
    byte(128 + (chroma * ((red ?? 0) - light)) / (2 * (1 - kr))),
  ];
}

/** One frame's planes. @param {Bars} bars */
function frameOf({ matrix, range, width, height }) {
  const yuv = PATCHES.map((rgb) => yuvOf(rgb, matrix, range));
  const planes = [0, 1, 2].map((part) => {
    const half = part === 0 ? 1 : 2;
    const [columns, rows] = [width / half, height / half];
    const plane = Buffer.alloc(columns * rows);
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const patch =
          Math.floor((y * SIDE) / rows) * SIDE +
          Math.floor((x * SIDE) / columns);
        plane[y * columns + x] = yuv[patch]?.[part] ?? 0;
      }
    return plane;
  });
  return Buffer.concat(planes);
}

/** @param {Bars} bars */
const nameOf = ({ matrix, range, told, height }) =>
  `${matrix}-${range}-${told}-${height}`;

/** A second of it, 30 frames a second. Gives its path. @param {Bars} bars @param {number} place in the order of names */
export async function barsFile(bars, place) {
  const folder = path.join(artifacts, "bars");
  const number = String(place).padStart(2, "0");
  const file = path.join(folder, `${number}-${nameOf(bars)}.mp4`);
  if (existsSync(file)) return file;
  await files.mkdir(folder, { recursive: true });
  const named = bars.matrix === "bt601" ? "smpte170m" : "bt709";
  const tags = `-colorspace ${named} -color_primaries ${named} -color_trc ${named} -color_range ${bars.range === "full" ? "pc" : "tv"}`;
  const format = bars.range === "full" ? "yuvj420p" : "yuv420p";
  execFileSync(
    "ffmpeg",
    [
      ..."-nostdin -v error -y -f rawvideo -r 30".split(" "),
      ...`-pix_fmt ${format} -s ${bars.width}x${bars.height} -i pipe:0`.split(
        " ",
      ),
      ...`-c:v libx264 -preset ultrafast -qp 1 -g 15 -pix_fmt ${format}`.split(
        " ",
      ),
      ...(bars.told === "nowhere" ? [] : tags.split(" ")),
      file,
    ],
    { input: Buffer.concat(Array(30).fill(frameOf(bars))) },
  );
  await tellOnlyInStream(file, bars);
  return file;
}

/** Makes the box unknown where it is not to be there. @param {string} file @param {Bars} bars */
async function tellOnlyInStream(file, { told }) {
  const bytes = await files.readFile(file);
  const at = bytes.indexOf("colr", 0, "latin1");
  if ((told === "colr") !== at >= 0 && told !== "stream")
    throw new Error(`${file}: the box is where it should not be.`);
  if (told !== "stream" || at < 0) return;
  bytes.write("free", at, "latin1");
  await files.writeFile(file, bytes);
}

/** A patch's middle in a picture of that size. @param {number} patch @param {number} width @param {number} height */
const middleOf = (patch, width, height) => ({
  x: Math.floor((((patch % SIDE) + 0.5) * width) / SIDE),
  y: Math.floor(((Math.floor(patch / SIDE) + 0.5) * height) / SIDE),
});

/** The patches of a picture file. @param {string} file */
export function patchesOfPicture(file) {
  const { width = 0, height = 0 } = streamsOf(file)[0] ?? {};
  const rgb = execFileSync(
    "ffmpeg",
    [
      ..."-nostdin -v error -i".split(" "),
      file,
      ..."-pix_fmt rgb24 -f rawvideo -".split(" "),
    ],
    { maxBuffer: 64 << 20 },
  );
  return PATCHES.map((_, patch) => {
    const { x, y } = middleOf(patch, width, height);
    const at = (y * width + x) * 3;
    return [...rgb.subarray(at, at + 3)];
  });
}

/**
 * How far frame [frame] of a film in limited BT.709 is off the right codes, without any converter between.
 * @param {string} file
 * @param {number} frame
 * @param {{ width: number, height: number }} size
 */
export function codesOff(file, frame, { width, height }) {
  const bytes = execFileSync(
    "ffmpeg",
    [
      ..."-nostdin -v error -i".split(" "),
      file,
      "-vf",
      `select=eq(n\\,${frame})`,
      ..."-frames:v 1 -pix_fmt yuv420p -f rawvideo -".split(" "),
    ],
    { maxBuffer: 64 << 20 },
  );
  const chroma = width * height;
  const seen = PATCHES.map((_, patch) => {
    const { x, y } = middleOf(patch, width, height);
    const at = (y >> 1) * (width / 2) + (x >> 1);
    return [
      bytes[y * width + x] ?? NaN,
      bytes[chroma + at] ?? NaN,
      bytes[chroma + chroma / 4 + at] ?? NaN,
    ];
  });
  return furthestOff(
    seen,
    PATCHES.map((rgb) => yuvOf(rgb, "bt709", "limited")),
  );
}

/**
 * How far the worst part of the worst patch is off, and which.
 * @param {number[][]} seen
 * @param {number[][]} [wanted]
 */
export function furthestOff(seen, wanted = PATCHES) {
  const off = wanted.map((parts, patch) =>
    Math.max(
      ...parts.map((one, at) => Math.abs(one - (seen[patch]?.[at] ?? NaN))),
    ),
  );
  // What is not there is off by everything.
  const most = Math.max(...off.map((one) => (Number.isNaN(one) ? 255 : one)));
  const patch = off.findIndex((one) => !(one < most));
  return { most, which: `patch ${patch}: ${wanted[patch]} is ${seen[patch]}` };
}
