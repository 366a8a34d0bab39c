// Films for tests: a project that needs no media to be looked at, and a real one by the program.
import { execFileSync } from "node:child_process";
import { existsSync, promises as files } from "node:fs";
import path from "node:path";
import { artifacts, root } from "./page.js";

export const TICKS = 705_600_000;

const SCENES = ["Harbour at dusk", "The ferry", "Nora waves", "Morning"];
const LINES = [
  "The last ferry leaves at nine.",
  "Nora has never missed it.",
  "By morning, the water is glass.",
  "And the ferry waves back.",
];

/** @param {string} rate */
function ferry(rate) {
  const clip = (
    /** @type {string} */ id,
    /** @type {number} */ start,
    /** @type {number} */ seconds,
    /** @type {object} */ more,
  ) => ({
    id,
    start: Math.round(start * TICKS),
    duration: Math.round(seconds * TICKS),
    ...more,
  });
  return {
    version: 1,
    title: "The Last Ferry",
    settings: { width: 1920, height: 1080, frame_rate: rate },
    assets: [
      ...SCENES.map((name, place) => ({
        id: `s${place}`,
        uri: `assets/s${place}.png`,
        name,
      })),
      { id: "voice", uri: "assets/voice.wav", name: "Voice" },
      { id: "music", uri: "assets/music.wav", name: "Slow tide" },
    ],
    sequences: [
      {
        id: "film",
        tracks: [
          {
            id: "x",
            kind: "text",
            clips: LINES.map((text, place) =>
              clip(`k${place}`, 0.4 + place * 3.75, 2.9, {
                kind: "caption",
                text,
              }),
            ),
          },
          {
            id: "v",
            kind: "video",
            clips: SCENES.map((_, place) =>
              clip(`c${place}`, place * 3.75, 3.75, {
                kind: "media",
                asset: `s${place}`,
              }),
            ),
          },
          {
            id: "a",
            kind: "audio",
            role: "voice",
            clips: LINES.map((_, place) =>
              clip(`n${place}`, 0.4 + place * 3.75, 2.9, {
                kind: "media",
                asset: "voice",
              }),
            ),
          },
          {
            id: "m",
            kind: "audio",
            role: "music",
            clips: [clip("m0", 0, 15, { kind: "media", asset: "music" })],
          },
        ],
      },
    ],
  };
}

/**
 * A project's folder for the engine of ../fake: 15 s, four scenes. Gives its path.
 * @param {{ rate?: string, without?: string[] }} [options]
 */
export async function drawnFilm(options = {}) {
  const rate = options.rate ?? "30";
  const folder = path.join(
    artifacts,
    `drawn-${rate.replace("/", "-")}${options.without ? "-holes" : ""}`,
  );
  const project = ferry(rate);
  await files.mkdir(path.join(folder, "assets"), { recursive: true });
  await files.writeFile(
    path.join(folder, "project.json"),
    JSON.stringify(project),
  );
  for (const { uri } of project.assets)
    if (!options.without?.includes(uri))
      await files.writeFile(path.join(folder, uri), "media");
  return folder;
}

const SHORT = `# The Last Ferry\n\n## Harbour\n${LINES[0]} ${LINES[1]}\n\n## Morning\n${LINES[2]} ${LINES[3]}\n`;

// Every line a scene, three times over.
const LONG = `# The Long Crossing\n${["Evening", "Night", "Dawn"]
  .flatMap((hour) =>
    LINES.map((line, place) => `\n## ${hour} ${place + 1}\n${line}\n`),
  )
  .join("")}`;

/**
 * A film that the program made, once for all tests: 640×360, some 12 s, with its project beside it.
 * `isLong`: some 40 s, so that an export of it is of several segments.
 * @param {{ isLong?: boolean }} [options]
 */
export async function madeFilm({ isLong = false } = {}) {
  const folder = path.join(artifacts, isLong ? "made-long" : "made");
  const project = path.join(folder, "ferry.cutroom");
  if (existsSync(path.join(folder, "ferry.mp4")))
    return { project, file: path.join(folder, "ferry.mp4") };
  await files.mkdir(folder, { recursive: true });
  await files.writeFile(path.join(folder, "script.md"), isLong ? LONG : SHORT);
  execFileSync(
    path.join(root, "build/cutroom"),
    [
      "make",
      "A film",
      "-y",
      "--script",
      "script.md",
      "-o",
      "ferry.mp4",
      "--size",
      "640x360",
      "-q",
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        CUTROOM_DATA: process.env.CUTROOM_DATA ?? path.join(root, "build/data"),
      },
    },
  );
  return { project, file: path.join(folder, "ferry.mp4") };
}
