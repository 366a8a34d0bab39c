// Unusual files are imported as what they are, their first picture first, or refused with a sentence.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import test from "node:test";
import { browserName, isFirefox, until } from "../run/browser.js";
import { SAMPLES, sampleFile } from "../corpus/files.js";
import { streamsOf } from "../run/measure.js";
import { artifacts, withPage } from "../run/page.js";
import { answerDialog, plainDialogs } from "../run/use.js";

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("../corpus/files.js").Sample} Sample
 */

/** @type {Record<import("../corpus/files.js").Color | "white", number[]>} */
const COLORS = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  black: [0, 0, 0],
  white: [255, 255, 255],
};

/** Of 255: what a codec makes of a colour at its worst, far from any other of them. */
const NEAR = 40;

/** Seconds, and a bit. */
const FRAME = 1 / 30 + 0.005;

/** How long a first picture may take. */
const PICTURE_MS = 30_000;

/** @typedef {{ isOpen: boolean, text: string }} Outcome */

/** What the page says once it has made something of a file. @param {Page} page */
const outcome = async (page) => {
  /** @type {Outcome | null} */
  let found = null;
  await until("the film is open or refused", async () => {
    found = await page.evaluate(() => {
      const isOpen = document.querySelector(
        "button[aria-label=Play]:not([disabled])",
      );
      const text = document.body.innerText;
      if (isOpen) return { isOpen: true, text };
      const alert = document.querySelector("[role=alert]");
      return alert ? { isOpen: false, text: alert.textContent ?? "" } : null;
    });
    return found !== null;
  });
  return /** @type {Outcome} */ (/** @type {unknown} */ (found));
};

/** The corners and the middle of the canvas. @param {Page} page @param {string} name */
async function places(page, name) {
  const box = await (await page.$("canvas"))?.boundingBox();
  assert.ok(box);
  const picture = path.join(artifacts, `${browserName}-corpus-${name}.png`);
  await page.screenshot({ path: picture, clip: box });
  const { width = 0, height = 0 } = streamsOf(picture)[0] ?? {};
  const rgb = execFileSync(
    "ffmpeg",
    [
      ..."-nostdin -v error -i".split(" "),
      picture,
      ..."-pix_fmt rgb24 -f rawvideo -".split(" "),
    ],
    { maxBuffer: 64 << 20 },
  );
  return [
    [0.2, 0.2],
    [0.8, 0.2],
    [0.2, 0.8],
    [0.8, 0.8],
    [0.5, 0.5],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
    return [...rgb.subarray(at, at + 3)];
  });
}

/** @param {number[]} one @param {number[]} other */
const isNear = (one, other) =>
  one.every((part, at) => Math.abs(part - (other[at] ?? 999)) <= NEAR);

/** Waits for the first picture; gives what is wrong with it. @param {Page} page @param {Sample} sample */
async function pictureFault(page, { name, corners }) {
  if (!corners) return "";
  const wanted = [...corners, /** @type {const} */ ("white")].map(
    (color) => COLORS[color],
  );
  /** @type {number[][]} */
  let seen = [];
  return until(
    "the first picture",
    async () => {
      seen = await places(page, name);
      return seen.every((color, at) => isNear(color, wanted[at] ?? []));
    },
    PICTURE_MS,
  ).then(
    () => "",
    () => `shows ${JSON.stringify(seen)}`,
  );
}

/** Opens a file in a page anew; gives what is wrong with what comes of it. @param {Page} page @param {Sample} sample */
async function faultsOf(page, sample) {
  await page.reload({ waitUntil: "load" });
  await page.waitForSelector("main button");
  await answerDialog(page, "Choose media", [await sampleFile(sample)]);
  const { isOpen, text } = await outcome(page);
  if (!isOpen || sample.seconds === 0) {
    const isRight = !isOpen && sample.seconds === 0 && /\w+ .*\w+/.test(text);
    return isRight ? [] : [`${isOpen ? "is open" : `is refused: ${text}`}`];
  }
  /** @type {string[]} */
  const faults = [];
  const [, wide, high] = /(\d+)×(\d+) · /.exec(text) ?? [];
  const size = [Number(wide), Number(high)];
  if (sample.size && String(size) !== String(sample.size))
    faults.push(`is ${size.join("×")}`);
  const [, hours, minutes, seconds, frames] =
    /\/\s*(\d+):(\d+):(\d+)[:;](\d+)/.exec(text) ?? [];
  const rate = Number(/([\d.]+) frames\/s/.exec(text)?.[1]);
  const long =
    (Number(hours) * 60 + Number(minutes)) * 60 +
    Number(seconds) +
    Number(frames) / rate;
  if (!(Math.abs(long - sample.seconds) <= (sample.apart ?? FRAME)))
    faults.push(`lasts ${long} s at ${rate}`);
  const fault = await pictureFault(page, sample);
  return fault ? [...faults, fault] : faults;
}

test(
  "unusual files are imported right or refused with a sentence",
  {
    skip: isFirefox && "its driver takes pictures of the page in other colours",
  },
  async (t) => {
    const options = {
      before: plainDialogs,
      flags: ["--force-color-profile=srgb"],
      // What a file lacks is told to whoever looks for it there.
      allowed: /./,
    };
    await withPage(t, options, async ({ page }) => {
      /** @type {string[]} */
      const wrong = [];
      for (const sample of SAMPLES) {
        const faults = await faultsOf(page, sample);
        for (const fault of faults)
          wrong.push(`${sample.name} (${sample.what}): ${fault}`);
      }
      assert.deepEqual(wrong, []);
    });
  },
);
