// Files as people have them, made by ffmpeg when a test wants them: what is unusual about each, and what an
// import has to make of it.
import { execFileSync } from "node:child_process";
import { existsSync, promises as files } from "node:fs";
import path from "node:path";
import { artifacts } from "../run/page.js";

/** @typedef {"red" | "green" | "blue" | "yellow" | "black"} Color */
/**
 * @typedef {object} Sample
 * @property {string} name of the file
 * @property {string} what is unusual about it
 * @property {(file: string) => Promise<void>} make
 * @property {number} seconds of the film that comes of it; 0: it is refused
 * @property {number} [apart] how many seconds it may be more or less; one frame
 * @property {[number, number]} [size] as it is shown
 * @property {[Color, Color, Color, Color]} [corners] of the first picture: above left and right, below left and right
 */

const SOUND = "-f lavfi -i sine=f=440:r=48000:d=2";
const VP9 = "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime";
const X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

/** @type {[Color, Color, Color, Color]} */
const CORNERS = ["red", "green", "blue", "yellow"];

/** @param {string} words @param {string[]} more */
const ffmpeg = (words, ...more) =>
  void execFileSync("ffmpeg", [
    ..."-nostdin -v error -y".split(" "),
    ...words.split(" "),
    ...more,
  ]);

/**
 * For -i of lavfi: a colour in each corner, and in the middle white on the picture that is to be the first
 * one, black on all others.
 * @param {{ size?: string, seconds?: number, first?: number }} [options]
 */
function picture({ size = "640x360", seconds = 2, first = 0 } = {}) {
  const corner = (
    /** @type {string} */ x,
    /** @type {string} */ y,
    /** @type {string} */ color,
  ) => `drawbox=x=${x}:y=${y}:w=iw/2+1:h=ih/2+1:c=${color}:t=fill`;
  const middle = "drawbox=x=iw*3/8:y=ih*3/8:w=iw/4:h=ih/4:t=fill";
  return [
    `color=black:s=${size}:r=30:d=${seconds},format=rgb24`,
    corner("0", "0", "red"),
    corner("iw/2", "0", "lime"),
    corner("0", "ih/2", "blue"),
    corner("iw/2", "ih/2", "yellow"),
    `${middle}:c=black`,
    `${middle}:c=white:enable='eq(n,${first})'`,
  ].join(",");
}

/** Made of the picture and [words]. @param {string} words @param {string} [filter] @param {Parameters<typeof picture>[0]} [options] */
const filmed =
  (words, filter = "", options = {}) =>
  async (/** @type {string} */ file) =>
    ffmpeg("-f lavfi -i", picture(options) + filter, ...words.split(" "), file);

/** Of sound alone. @param {string} words @param {string} source */
const heard = (words, source) => async (/** @type {string} */ file) =>
  ffmpeg(`-f lavfi -i ${source} ${words}`, file);

/** Made at [file] from another file. @param {(from: string) => Promise<void>} make @param {(from: string, file: string) => Promise<void>} change */
const changed = (make, change) => async (/** @type {string} */ file) => {
  const from = `${file}.before${path.extname(file)}`;
  await make(from);
  await change(from, file);
  await files.rm(from);
};

/** Where the matrix of a track is, from the name of its box on. */
const MATRIX_AT = 44;

/** Turns the first track by a quarter, as a phone that was held upright. @param {string} from @param {string} file */
async function turned(from, file) {
  const bytes = await files.readFile(from);
  const at = bytes.indexOf("tkhd", 0, "latin1") + MATRIX_AT;
  const one = 0x10000;
  [0, one, 0, -one, 0, 0, 360 * one, 0, 0x40000000].forEach((value, place) =>
    bytes.writeInt32BE(value, at + place * 4),
  );
  await files.writeFile(file, bytes);
}

/** Keeps so much of it. @param {number} part */
const cut =
  (part) => async (/** @type {string} */ from, /** @type {string} */ file) => {
    const bytes = await files.readFile(from);
    await files.writeFile(
      file,
      bytes.subarray(0, Math.round(bytes.length * part)),
    );
  };

/** @type {Sample[]} */
export const SAMPLES = [
  {
    name: "variable-rate.mp4",
    what: "30 frames in the first second and 10 in the next",
    make: filmed(
      `-vsync vfr -frames:v 40 ${X264}`,
      ",settb=1/300,setpts='if(lt(N,30),N*10,300+(N-30)*30)'",
    ),
    seconds: 1.93, // the last picture lasts as long as the first ones
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "edit-list.mp4",
    what: "begins a second behind its key frame",
    make: changed(
      filmed(`${X264} -g 300`, "", { seconds: 3, first: 30 }),
      async (from, file) => ffmpeg("-ss 1 -i", from, "-c", "copy", file),
    ),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "b-frames.mp4",
    what: "pictures in another order than they are shown in",
    make: filmed("-c:v libx264 -preset fast -bf 3 -pix_fmt yuv420p"),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "turned.mp4",
    what: "held upright",
    make: changed(filmed(X264), turned),
    seconds: 2,
    size: [360, 640],
    corners: ["blue", "red", "yellow", "green"],
  },
  {
    name: "wide-pixels.mp4",
    what: "pixels twice as wide as high",
    make: filmed(X264, ",setsar=2", { size: "320x360" }),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "see-through.webm",
    what: "nothing where red was",
    make: filmed(
      `${VP9} -auto-alt-ref 0 -pix_fmt yuva420p`,
      ",colorkey=red:0.3:0",
    ),
    seconds: 2,
    size: [640, 360],
    corners: ["black", "green", "blue", "yellow"],
  },
  {
    name: "full-range.mp4",
    what: "luma from 0 to 255",
    make: filmed(
      "-c:v libx264 -preset ultrafast -pix_fmt yuvj420p -color_range pc",
      ",scale=out_range=full",
    ),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "ten-bits.mp4",
    what: "H.264 with 10 bits",
    make: filmed("-c:v libx264 -preset ultrafast -pix_fmt yuv420p10le"),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "ten-bits.webm",
    what: "VP9 with 10 bits",
    make: filmed(`${VP9} -pix_fmt yuv420p10le`),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "odd-size.webm",
    what: "321 by 181, where a film's sides are even",
    make: filmed(`${VP9} -pix_fmt yuv420p`, "", { size: "321x181" }),
    seconds: 2,
    size: [320, 180],
    corners: CORNERS,
  },
  {
    name: "long-group.mp4",
    what: "one key frame in 20 seconds",
    make: filmed(`${X264} -g 9999 -sc_threshold 0`, "", { seconds: 20 }),
    seconds: 20,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "truncated.mp4",
    what: "its index is there, a part of its pictures is not",
    make: changed(filmed(`${X264} -g 10 -movflags +faststart`), cut(0.7)),
    seconds: 1,
    apart: 0.6, // what is left depends on the encoder
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "truncated-index.mp4",
    what: "its index was at the end, and is gone",
    make: changed(filmed(X264), cut(0.7)),
    seconds: 0,
  },
  {
    name: "nothing.mp4",
    what: "no byte at all",
    make: (file) => files.writeFile(file, ""),
    seconds: 0,
  },
  {
    name: "webm-called.mp4",
    what: "WebM by another name",
    make: changed(filmed(`${VP9} -pix_fmt yuv420p -f webm`), (from, file) =>
      files.rename(from, file).then(() => files.writeFile(from, "")),
    ),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "text-called.mp4",
    what: "words, and no film",
    make: (file) => files.writeFile(file, "Dear diary, ".repeat(400)),
    seconds: 0,
  },
  {
    name: "sound-only.m4a",
    what: "sound alone",
    make: heard("-c:a aac", "sine=f=440:r=44100:d=2"),
    seconds: 2,
  },
  {
    name: "six-channels.mp4",
    what: "5.1",
    make: async (file) =>
      ffmpeg(
        `${SOUND} -f lavfi -i`,
        picture(),
        ...`-map 1:v -map 0:a ${X264} -c:a aac -ac 6 -shortest`.split(" "),
        file,
      ),
    seconds: 2,
    size: [640, 360],
    corners: CORNERS,
  },
  {
    name: "telephone.wav",
    what: "8 bits, one channel, 8 kHz",
    make: heard("-c:a pcm_u8 -ac 1 -ar 8000", "sine=f=440:r=8000:d=2"),
    seconds: 2,
  },
];

/** Its path, made where it is not there yet. @param {Sample} sample */
export async function sampleFile({ name, make }) {
  const folder = path.join(artifacts, "corpus");
  const file = path.join(folder, name);
  if (existsSync(file)) return file;
  await files.mkdir(folder, { recursive: true });
  await make(file);
  return file;
}
