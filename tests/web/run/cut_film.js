// A film to cut: real pictures with sound, stills, music, words, and more source than is shown.
import { execFileSync } from "node:child_process";
import { existsSync, promises as files } from "node:fs";
import path from "node:path";
import { TICKS } from "./film.js";
import { artifacts } from "./page.js";

/** Frames a second of the film. */
export const RATE = 30;

/** One frame in ticks. */
export const FRAME = TICKS / RATE;

/** @param {string} file @param {string} arguments_ */
function make(file, arguments_) {
  if (existsSync(file)) return;
  execFileSync("ffmpeg", [
    ..."-nostdin -v error -y".split(" "),
    ...arguments_.split(" "),
    file,
  ]);
}

const CODECS =
  "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 30 -c:a aac -shortest";

/** @param {string} folder */
function makeMedia(folder) {
  const at = (/** @type {string} */ name) => path.join(folder, "assets", name);
  make(
    at("harbour.mp4"),
    `-f lavfi -i testsrc2=s=640x360:r=30:d=20 -f lavfi -i sine=f=330:d=20:r=48000,volume=0.8 ${CODECS}`,
  );
  make(
    at("ferry.mp4"),
    `-f lavfi -i gradients=s=640x360:r=30:d=20:seed=7:speed=0.05 -f lavfi -i aevalsrc=0.7*sin(2*PI*220*t)*abs(sin(t*1.7)):d=20:s=48000 ${CODECS}`,
  );
  make(
    at("music.wav"),
    "-f lavfi -i aevalsrc=0.6*sin(2*PI*110*t)*(0.55+0.45*sin(t*0.9)):d=30:s=48000",
  );
  make(
    at("still.png"),
    "-f lavfi -i gradients=s=640x360:seed=3:d=1 -frames:v 1",
  );
}

/**
 * @param {string} id
 * @param {number} start seconds
 * @param {number} seconds
 * @param {object} more
 */
const clip = (id, start, seconds, more) => ({
  id,
  kind: "media",
  start: Math.round(start * TICKS),
  duration: Math.round(seconds * TICKS),
  ...more,
});

/** @param {object[]} more tracks above the others */
const project = (more) => ({
  version: 1,
  title: "The Last Ferry",
  settings: { width: 640, height: 360, frame_rate: RATE },
  assets: [
    {
      id: "harbour",
      uri: "assets/harbour.mp4",
      name: "Harbour",
      duration: 20 * TICKS,
    },
    {
      id: "ferry",
      uri: "assets/ferry.mp4",
      name: "The ferry",
      duration: 20 * TICKS,
    },
    {
      id: "music",
      uri: "assets/music.wav",
      name: "Slow tide",
      duration: 30 * TICKS,
    },
    { id: "still", uri: "assets/still.png", name: "Morning", duration: 0 },
  ],
  sequences: [
    {
      id: "film",
      tracks: [
        {
          id: "v1",
          kind: "video",
          clips: [
            clip("c1", 0, 4, {
              asset: "harbour",
              source_start: 4 * TICKS,
              link: "l1",
            }),
            clip("c2", 4, 4, {
              asset: "ferry",
              source_start: 6 * TICKS,
              link: "l2",
            }),
            clip("c3", 8, 4, { asset: "still" }),
          ],
        },
        { id: "v2", kind: "video", clips: [] },
        {
          id: "a1",
          kind: "audio",
          role: "voice",
          clips: [
            clip("s1", 0, 4, {
              asset: "harbour",
              source_start: 4 * TICKS,
              link: "l1",
            }),
            clip("s2", 4, 4, {
              asset: "ferry",
              source_start: 6 * TICKS,
              link: "l2",
            }),
          ],
        },
        {
          id: "a2",
          kind: "audio",
          role: "music",
          clips: [clip("m1", 0, 12, { asset: "music" })],
        },
        {
          id: "x1",
          kind: "text",
          clips: [
            clip("k1", 1, 2, { kind: "title", text: "The Last Ferry" }),
            clip("k2", 5, 2, { kind: "caption", text: "It leaves at nine." }),
          ],
        },
        ...more,
      ],
      markers: [{ id: "m1", name: "Dusk", start: 2 * TICKS }],
    },
  ],
});

/** Its folder. @param {string} [name] @param {object[]} [more] */
export async function cutFilm(name = "cut", more = []) {
  const folder = path.join(artifacts, name);
  await files.mkdir(path.join(folder, "assets"), { recursive: true });
  makeMedia(folder);
  await files.writeFile(
    path.join(folder, "project.json"),
    JSON.stringify(project(more)),
  );
  return folder;
}
