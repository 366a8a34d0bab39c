// A film on the page's timeline, for tests: where its clips are, and what has become of its project.
import { DEADLINE_MS } from "./browser.js";
import { cutFilm } from "./cut_film.js";

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {{ id: string, kind: string, start: number, duration: number, source_start?: number, asset?: string, link?: string, group?: string, speed?: number, fade_in?: number, fade_out?: number, gain?: number, opacity?: unknown, off?: boolean, text?: string, blend?: string }} Clip
 * @typedef {{ id: string, kind: string, from?: string, to?: string, start: number, duration: number }} Transition
 * @typedef {{ id: string, kind: string, name?: string, locked?: boolean, hidden?: boolean, muted?: boolean, solo?: boolean, clips?: Clip[], transitions?: Transition[] }} Track
 * @typedef {{ sequences: { tracks: Track[], markers?: { id: string, name?: string, start: number }[] }[] }} Project
 */

/** For `before`: keeps every project that the engine hands out. @param {Page} page */
export async function keepProjects(page) {
  await page.evaluateOnNewDocument(() => {
    window.kept = [];
    window.Worker = class extends Worker {
      /** @param {[string | URL, WorkerOptions?]} made */
      constructor(...made) {
        super(...made);
        this.addEventListener("message", ({ data }) => {
          const text = data?.value;
          if (typeof text === "string" && text.includes('"sequences"'))
            window.kept.push(text);
        });
      }
    };
  });
}

/** The options of a page with the film to cut on it. @param {string} [name] @param {object[]} [more] */
export const cutOptions = async (name = "cut", more = []) => ({
  folders: { "/film/": await cutFilm(name, more) },
  query: "?project=film/project.json",
  size: { width: 1440, height: 1200 },
  before: keepProjects,
});

/** Waits until the film can be cut. @param {Page} page */
export async function isOpen(page) {
  await page.waitForSelector("[data-clip=c1]", { timeout: DEADLINE_MS });
  await page.waitForFunction(
    () => !document.querySelector("button[aria-label=Play]:disabled"),
    { timeout: DEADLINE_MS },
  );
}

/** The project's text as it was handed out last. @param {Page} page */
const last = (page) =>
  page.evaluate(() => window.kept[window.kept.length - 1] ?? "");

/**
 * Does [what], and gives the project that comes of it.
 * @param {Page} page
 * @param {() => Promise<unknown>} what
 * @returns {Promise<Project>}
 */
export async function after(page, what) {
  // The same may be handed out more than once.
  const before = await last(page);
  await what();
  await page.waitForFunction(
    (known) => (window.kept[window.kept.length - 1] ?? "") !== known,
    { timeout: DEADLINE_MS },
    before,
  );
  // What the page shows is in step with it when it has been painted.
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(resolve)),
      ),
  );
  return now(page);
}

/** The project as it was handed out last. @param {Page} page @returns {Promise<Project>} */
export const now = (page) =>
  page.evaluate(() => JSON.parse(window.kept[window.kept.length - 1] ?? "{}"));

/**
 * A track's clips as [id, start, duration] in seconds, hundredths of them.
 * @param {Project} project
 * @param {string} track
 */
export const clipsOf = (project, track) =>
  (
    project.sequences[0]?.tracks.find(({ id }) => id === track)?.clips ?? []
  ).map(({ id, start, duration }) => [id, seconds(start), seconds(duration)]);

/** @param {number} ticks */
export const seconds = (ticks) => Math.round((ticks / 705_600_000) * 100) / 100;

/** @param {Project} project @param {string} id @returns {Clip} */
export function clipOf(project, id) {
  for (const { clips } of project.sequences[0]?.tracks ?? []) {
    const found = clips?.find((clip) => clip.id === id);
    if (found) return found;
  }
  throw new Error(`There is no clip "${id}".`);
}

/** @param {Project} project @param {string} id @returns {Track} */
export function trackOf(project, id) {
  const found = project.sequences[0]?.tracks.find((track) => track.id === id);
  if (!found) throw new Error(`There is no track "${id}".`);
  return found;
}

/** Where a clip is on the screen. @param {Page} page @param {string} id */
export async function boxOf(page, id) {
  const element = await page.waitForSelector(`[data-clip="${id}"]`, {
    timeout: DEADLINE_MS,
  });
  // Up and down the tracks; along the film it is where it is.
  await element?.evaluate((clip) => {
    const scroller = document.getElementById("timeline-lanes");
    const { top, bottom } = clip.getBoundingClientRect();
    const seen = scroller?.getBoundingClientRect();
    if (scroller && seen && (top < seen.top || bottom > seen.bottom))
      scroller.scrollTop +=
        top < seen.top ? top - seen.top : bottom - seen.bottom;
  });
  const box = await element?.boundingBox();
  if (!box) throw new Error(`Clip "${id}" is not to be seen.`);
  return box;
}

/** How many pixels a second is on the screen, as long as the titles are where they were. @param {Page} page */
export async function perSecond(page) {
  const one = await boxOf(page, "k1");
  const other = await boxOf(page, "k2");
  return (other.x - one.x) / 4;
}

/**
 * Drags from a place by so much, with keys held.
 * @param {Page} page
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} by
 * @param {("Shift" | "Control" | "Alt")[]} [keys]
 */
export async function drag(page, from, by, keys = []) {
  await page.mouse.move(from.x, from.y);
  for (const key of keys) await page.keyboard.down(key);
  await page.mouse.down();
  const steps = 6;
  for (let step = 1; step <= steps; step++)
    await page.mouse.move(
      from.x + (by.x * step) / steps,
      from.y + (by.y * step) / steps,
    );
  await page.mouse.up();
  for (const key of keys) await page.keyboard.up(key);
}

/** The middle of a clip's body, away from its handles. @param {Page} page @param {string} id */
export async function bodyOf(page, id) {
  const { x, y, width, height } = await boxOf(page, id);
  return { x: x + width / 2, y: y + Math.min(height / 2, height - 26) };
}

/** Clicks a clip. @param {Page} page @param {string} id */
export async function click(page, id) {
  const { x, y } = await bodyOf(page, id);
  await page.mouse.click(x, y);
}

/** Puts the playhead at so many seconds. @param {Page} page @param {number} at */
export async function playheadTo(page, at) {
  const { x } = await boxOf(page, "k1");
  const ruler = await (await page.$("[data-ruler]"))?.boundingBox();
  if (!ruler) throw new Error("There is no ruler.");
  const perOne = await perSecond(page);
  await page.mouse.click(x + (at - 1) * perOne, ruler.y + ruler.height - 4);
  const frames = String(Math.round((at % 1) * 30)).padStart(2, "0");
  const whole = String(Math.floor(at)).padStart(2, "0");
  await page.waitForFunction(
    (wanted) =>
      document.querySelector("[data-timecode]")?.textContent === wanted,
    { timeout: DEADLINE_MS },
    `00:00:${whole}:${frames}`,
  );
}
