// The studio's views in every state, without a server that makes anything: what axe finds in them,
// what fits on a small phone, what the keyboard reaches and what a screen reader is told.
import assert from "node:assert/strict";
import test from "node:test";
import { isClean } from "../run/axe.js";
import { DEADLINE_MS, isFirefox, startBrowser, until } from "../run/browser.js";
import { startStudio } from "../run/studio.js";
import { made, making, VIEWS, withFilm } from "../run/studio_states.js";
import { button, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {Awaited<ReturnType<typeof startStudio>>} Server */

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
test.before(async () => {
  browser = await startBrowser();
});
test.after(() => browser.close());

/** The person likes [theme], and little motion. @param {Page} page @param {"light" | "dark"} theme */
const like = (page, theme) =>
  page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: theme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);

/**
 * Shows [view] to [body].
 * @param {Pick<import("../run/studio_states.js").View, "hash" | "ready" | "act">} view
 * @param {import("../run/studio.js").Studio} studio
 * @param {(page: Page, server: Server) => Promise<void>} body
 * @param {{ width?: number, height?: number }} [look]
 */
async function shown(view, studio, body, look = {}) {
  const { width = 1440, height = 900 } = look;
  const server = await startStudio(studio);
  const page = await browser.browser.newPage();
  try {
    page.setDefaultTimeout(DEADLINE_MS);
    await page.setViewport({ width, height });
    if (!isFirefox) await like(page, "light");
    await page.goto(server.url + view.hash, { waitUntil: "load" });
    await page.waitForSelector(view.ready);
    await view.act?.(page);
    await body(page, server);
  } finally {
    await page.close();
    await server.close();
  }
}

const SETTLES_MS = 10_000;
const FITS = "0 too wide, all of it 320";

/** On a screen of 320 pixels nothing scrolls sideways. @param {Page} page */
async function isNarrow(page) {
  await page.setViewport({ width: 320, height: 640 });
  let wide = "";
  // What measures itself takes a moment to find its place.
  await until(
    "it fits",
    async () => {
      wide = await page.evaluate(() => {
        const [main] = document.getElementsByTagName("main");
        const over = main ? main.scrollWidth - main.clientWidth : -1;
        return `${over} too wide, all of it ${document.body.scrollWidth}`;
      });
      return wide === FITS;
    },
    SETTLES_MS,
  ).catch(() => assert.equal(wide, FITS));
}

/** The keyboard reaches everything that the pointer does. @param {Page} page */
async function isReachable(page) {
  const reachable = await page.evaluate(() => {
    const all = [
      ...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, audio[controls], video[controls]",
      ),
    ];
    // One of a group of radios or tabs is enough: arrows go on from it.
    const groups = [...document.querySelectorAll("[role=radiogroup]")];
    return {
      lost: all
        .filter(
          (one) =>
            one instanceof HTMLElement &&
            one.tabIndex < 0 &&
            !one.matches("[role=radio], [role=tab]"),
        )
        .map((one) => one.outerHTML.slice(0, 120)),
      groups: groups
        .filter(
          (group) =>
            group.querySelectorAll("[role=radio][tabindex='0']").length !== 1,
        )
        .map((group) => group.getAttribute("aria-label")),
    };
  });
  assert.deepEqual(reachable, { lost: [], groups: [] });
}

// Each is opened once for all that is looked for in it.
test("every view: axe finds nothing, the keyboard reaches all, 320 pixels are enough", async (t) => {
  if (isFirefox)
    return t.skip("In Firefox, German shows what has room: languages.test.js.");
  for (const [name, view] of Object.entries(VIEWS))
    await t.test(name, () =>
      shown(view, view.studio(), async (page) => {
        await isReachable(page);
        await isClean(page, `${name}, light`);
        await like(page, "dark");
        await isClean(page, `${name}, dark`);
        await isNarrow(page);
      }),
    );
});

/** What has the focus, by its label or its text. @param {Page} page */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  });

test("arrows go along the answers of a question", async () => {
  const view = VIEWS["plan-full"];
  assert(view);
  await shown(view, view.studio(), async (page, server) => {
    await page.focus("[role=radio][aria-checked=true]");
    await page.keyboard.press("ArrowRight");
    assert.match(await focused(page), /^Playful/);
    assert.equal(
      await page.$eval(":focus", (one) => one.getAttribute("aria-checked")),
      "true",
    );
    await page.keyboard.press("Enter");
    await page.locator("form button[type=submit]").click();
    const asked = () =>
      server.asked.find(({ path }) => path.endsWith("answers"));
    await until("the answers were sent", asked);
    assert.deepEqual(asked()?.body, { answers: { tone: "Playful" } });
  });
});

test("a screen reader is told what arrives", async () => {
  /** @type {import("../run/studio.js").Json} */
  const film = making();
  const studio = withFilm(film);
  const view = { hash: "#/film/bees/storyboard", ready: "main nav" };
  await shown(view, studio, async (page, server) => {
    await page.waitForSelector("[data-state=running]");
    const whole = made();
    film["scenes"]["4"].picture = whole["scenes"]["4"].picture;
    server.tellAll();
    await page.waitForFunction(() =>
      [...document.querySelectorAll("[role=status]")].some((status) =>
        status.textContent?.includes("The picture of scene 4 is there."),
      ),
    );
  });
});

test("the focus stays where it is when scenes change places and results arrive", async () => {
  const film = made();
  const studio = withFilm(film);
  const view = { hash: "#/film/bees/storyboard", ready: "main nav" };
  await shown(view, studio, async (page, server) => {
    const places = () =>
      page.$$eval("[data-scene]", (cards) =>
        cards.map((card) => card.getAttribute("data-scene")),
      );
    await page.focus("[data-scene='2'] [aria-label='Later']");
    const told = new Promise((resolve) => {
      studio.answer = ({ path, body }) => {
        if (!path.endsWith("/scenes/order")) return undefined;
        for (const [place, number] of body.order.entries())
          film["scenes"][number].position = place + 1;
        resolve(body.order);
        return { status: 200, body: film };
      };
    });
    await page.keyboard.press("Enter");
    assert.deepEqual(await told, [1, 3, 2, 4, 5]);
    await page.waitForFunction(
      () =>
        document
          .querySelectorAll("[data-scene]")[2]
          ?.getAttribute("data-scene") === "2",
    );
    assert.deepEqual(await places(), ["1", "3", "2", "4", "5"]);
    assert.equal(
      await page.$eval(":focus", (one) =>
        one.closest("[data-scene]")?.getAttribute("data-scene"),
      ),
      "2",
    );
    assert.equal(await focused(page), "Later");
    await says(page, "Moved to place 3");
    server.tellAll();
    await page.waitForFunction(
      () =>
        document.querySelectorAll("[data-scene]").length === 5 &&
        document.activeElement !== document.body,
    );
    assert.equal(await focused(page), "Later");
  });
});

test("people sign in, join by an invitation, and sign out", async () => {
  /** @type {import("../run/studio.js").Studio} */
  const studio = { ...withFilm(), isClosed: true };
  studio.server["features"].accounts = true;
  const person = { name: "Mina", admin: true, scope: "admin" };
  studio.answer = ({ method, path, body }) => {
    if (path === "/api/people" && method === "POST")
      return { status: 201, body: { name: body.name } };
    if (path === "/api/invitations")
      return { status: 201, body: { invitation: "abc" } };
    if (path !== "/api/session") return undefined;
    if (method === "DELETE") {
      studio.isClosed = true;
      return { status: 200, body: {} };
    }
    if (method !== "POST")
      return studio.isClosed ? undefined : { status: 200, body: person };
    if (body.password !== "a long enough password")
      return {
        status: 401,
        body: {
          error: {
            code: "nosession",
            message: "The name or the password is wrong.",
            place: "",
          },
        },
      };
    studio.isClosed = false;
    return { status: 200, body: person };
  };
  const view = { hash: "#/", ready: "main input[type=password]" };
  await shown(view, studio, async (page, server) => {
    await page.type("input[autocomplete=username]", "Mina");
    await page.type("input[type=password]", "wrong");
    await page.keyboard.press("Enter");
    await says(page, "The name or the password is wrong.");
    await page.locator("input[type=password]").fill("a long enough password");
    await page.keyboard.press("Enter");
    await says(page, "What is your film about?");
    await button(page, "Signed in as Mina").click();
    await page.locator("::-p-text(Invite somebody)").click();
    const field = await page.waitForSelector("dialog input");
    const link = await field?.evaluate((one) =>
      one instanceof HTMLInputElement ? one.value : "",
    );
    assert.equal(link, `${server.url}#invitation=abc`);
    await page.keyboard.press("Escape");
    await button(page, "Signed in as Mina").click();
    await page.locator("::-p-text(Sign out)").click();
    await page.waitForSelector("main input[type=password]");
  });
  await shown(
    { ...view, hash: "#invitation=key" },
    { ...studio, isClosed: true },
    async (page, server) => {
      await says(page, "You are invited");
      await page.type("input[autocomplete=username]", "Mina");
      await page.type("input[type=password]", "a long enough password");
      await page.keyboard.press("Enter");
      const asked = () =>
        server.asked.find(({ path }) => path === "/api/people");
      await until("the invitation was taken", asked);
      assert.deepEqual(asked()?.body, {
        invitation: "key",
        name: "Mina",
        password: "a long enough password",
      });
    },
  );
});

test("voices are heard before one is chosen", async () => {
  const film = made();
  const studio = withFilm(film);
  /** @type {any} */
  let chosen = null;
  studio.answer = ({ path, body }) => {
    if (!path.endsWith("/sound")) return undefined;
    chosen = body;
    film["brief"].voice = body.voice;
    return { status: 200, body: film };
  };
  const view = { hash: "#/film/bees/sound", ready: "main nav" };
  await shown(view, studio, async (page, server) => {
    await button(page, "By itself").click();
    await button(page, "Hear Deep").click();
    await button(page, "Stop").wait();
    await button(page, "Hear Deep").wait();
    const path = "/api/voices/deep";
    const times = server.asked.filter((one) => one.path === path).length;
    assert.equal(times, 2, "It is asked for until it is spoken, and once.");
    assert.equal(chosen, null);
    await isClean(page, "the voices");
    await page.locator("[role=radio]::-p-text(Deep)").click();
    await until("the voice was chosen", () => chosen);
    assert.deepEqual(chosen, { voice: "deep" });
    await page.keyboard.press("Escape");
    await button(page, "Deep").wait();
  });
});
