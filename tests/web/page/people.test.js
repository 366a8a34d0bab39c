// Who is in a film and what one's own account has, as the page shows and changes them.
import assert from "node:assert/strict";
import test from "node:test";
import { DEADLINE_MS, startBrowser, until } from "../run/browser.js";
import { PEOPLE_VIEWS, shared, withPeople } from "../run/people_states.js";
import { startStudio } from "../run/studio.js";
import { button, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {Awaited<ReturnType<typeof startStudio>>} Server */

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
test.before(async () => {
  browser = await startBrowser();
});
test.after(() => browser.close());

/**
 * Shows the view called [name] of [studio] to [body].
 * @param {string} name
 * @param {import("../run/studio.js").Studio} studio
 * @param {(page: Page, server: Server) => Promise<void>} body
 */
async function shown(name, studio, body) {
  const view = PEOPLE_VIEWS[name];
  assert(view);
  const server = await startStudio(studio);
  const page = await browser.browser.newPage();
  try {
    page.setDefaultTimeout(DEADLINE_MS);
    await page.goto(server.url + view.hash, { waitUntil: "load" });
    await page.waitForSelector(view.ready);
    await view.act?.(page);
    await body(page, server);
  } finally {
    await page.close();
    await server.close();
  }
}

/**
 * What the page asked for with [method].
 * @param {Server} server
 * @param {string} method
 */
const deeds = (server, method) =>
  server.asked
    .filter((one) => one.method === method)
    .map(({ path, body }) => [path, body]);

/**
 * A film of mina's whose people change as the page asks.
 * @param {string} [name] who is signed in
 */
function sharedFilm(name = "mina") {
  /** @type {import("../run/studio.js").Json} */
  const told = shared();
  const studio = withPeople(name, told);
  const rest = studio.answer;
  studio.answer = (asked) => {
    const { method, path, body } = asked;
    if (method === "PUT" && path === "/api/films/bees/people") {
      if (body.name === "nobody")
        return {
          status: 404,
          body: {
            error: {
              code: "notfound",
              message: "there is nobody of this name",
              place: "name",
            },
          },
        };
      told["people"] = told["people"].filter(
        (/** @type {{ name: string }} */ one) => one.name !== body.name,
      );
      if (body.role !== "none") told["people"].push(body);
      return { status: 200, body: {} };
    }
    if (method === "POST" && path === "/api/films/bees/invitations")
      return { status: 201, body: { invitation: "abc" } };
    if (method === "DELETE" && path === "/api/films/bees/invitations/7") {
      told["invitations"] = [];
      return { status: 200, body: {} };
    }
    return rest?.(asked);
  };
  return studio;
}

test("an owner changes what people are, removes them and takes invitations back", async () => {
  await shown("share-full", sharedFilm(), async (page, server) => {
    await page.select("[data-person=tolu] select", "editor");
    await says(page, "tolu is Editor now.");
    await button(page, "Remove tolu").click();
    await page.waitForFunction(
      () => !document.querySelector("[data-person=tolu]"),
    );
    await page.locator("dialog button::-p-text(Take back)").click();
    await says(page, "The invitation was taken back.");
    assert.deepEqual(deeds(server, "PUT"), [
      ["/api/films/bees/people", { name: "tolu", role: "editor" }],
      ["/api/films/bees/people", { name: "tolu", role: "none" }],
    ]);
    assert.deepEqual(deeds(server, "DELETE"), [
      ["/api/films/bees/invitations/7", undefined],
    ]);
  });
});

test("somebody is added by name, by the keyboard alone, and a wrong name is told", async () => {
  await shown("share-full", sharedFilm(), async (page, server) => {
    await page.focus("dialog form input");
    await page.keyboard.type("nobody");
    await page.keyboard.press("Enter");
    await says(page, "there is nobody of this name");
    const typed = await page.$eval("dialog form input", (input) => input.value);
    assert.equal(typed, "nobody", "what was typed is still there");
    await page.locator("dialog form input").fill("zoe");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Viewer");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-person=zoe]");
    assert.deepEqual(deeds(server, "PUT").at(-1), [
      "/api/films/bees/people",
      { name: "zoe", role: "viewer" },
    ]);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    const focused = await page.evaluate(
      () => document.activeElement?.textContent,
    );
    assert.equal(focused, "Share", "the focus is where the dialog came from");
  });
});

test("a link invites with the part that was chosen", async () => {
  await shown("share-full", sharedFilm(), async (page, server) => {
    await page.select("dialog section select", "viewer");
    await button(page, "Make a link").click();
    const field = await page.waitForSelector("dialog input[readonly]");
    assert.equal(
      await field?.evaluate((one) =>
        one instanceof HTMLInputElement ? one.value : "",
      ),
      `${server.url}#invitation=abc`,
    );
    assert.deepEqual(deeds(server, "POST"), [
      ["/api/films/bees/invitations", { role: "viewer" }],
    ]);
  });
});

test("whoever is in a film leaves it when they are sure", async () => {
  await shown("share-viewer", sharedFilm("tolu"), async (page, server) => {
    await button(page, "Leave").click();
    await button(page, "Stay").click();
    assert.deepEqual(deeds(server, "PUT"), []);
    await button(page, "Leave").click();
    await button(page, "Leave the film").click();
    await says(page, "What is your film about?");
    assert.deepEqual(deeds(server, "PUT"), [
      ["/api/films/bees/people", { name: "tolu", role: "none" }],
    ]);
  });
});

test("what a viewer sees changes nothing", async () => {
  const viewer = PEOPLE_VIEWS["share-viewer"];
  assert(viewer);
  await shown("share-viewer", viewer.studio(), async (page) => {
    assert.equal(await page.$$eval("dialog select", (all) => all.length), 0);
    assert.equal(await page.$$eval("[data-person]", (all) => all.length), 3);
    const removes = await page.$$eval("dialog button", (all) =>
      all.map((one) => one.textContent || one.getAttribute("aria-label")),
    );
    assert.deepEqual(removes, ["Close", "Leave"]);
  });
});

test("who is in a film is asked again when that failed", async () => {
  const studio = withPeople("mina", null);
  await shown("share-failed", studio, async (page) => {
    await says(page, "Who is in this film is not known");
    studio.answer = withPeople("mina").answer;
    await button(page, "Try again").click();
    await page.waitForSelector("[data-person=tolu]");
  });
});

test("somebody who is signed in takes an invitation and sees the film", async () => {
  const studio = withPeople("mina");
  const rest = studio.answer;
  studio.answer = (asked) =>
    asked.path === "/api/parts"
      ? { status: 201, body: { film: "bees", role: "editor" } }
      : rest?.(asked);
  const server = await startStudio(studio);
  const page = await browser.browser.newPage();
  try {
    page.setDefaultTimeout(DEADLINE_MS);
    await page.goto(`${server.url}#invitation=key`, { waitUntil: "load" });
    await page.waitForSelector("main nav");
    assert.match(page.url(), /#\/film\/bees$/);
    assert.deepEqual(deeds(server, "POST"), [
      ["/api/parts", { invitation: "key" }],
    ]);
  } finally {
    await page.close();
    await server.close();
  }
});

test("a password is changed, and set anew by a link", async () => {
  const studio = withPeople("mina");
  const rest = studio.answer;
  studio.answer = (asked) =>
    asked.method === "PUT" || asked.path === "/api/reset"
      ? { status: 200, body: {} }
      : rest?.(asked);
  await shown("account-password", studio, async (page, server) => {
    const fields = await page.$$("dialog input[type=password]");
    for (const [place, text] of [
      "the old password",
      "a new long password",
      "a new long passwort",
    ].entries())
      await fields[place]?.type(text);
    await says(page, "The two are not alike.");
    assert.equal(
      await page.$eval("dialog [type=submit]", (one) =>
        one.matches(":disabled"),
      ),
      true,
    );
    await fields[2]?.press("Backspace");
    await fields[2]?.type("d");
    await page.keyboard.press("Enter");
    await says(page, "The password is another one.");
    assert.deepEqual(deeds(server, "PUT"), [
      [
        "/api/password",
        { password: "the old password", wanted: "a new long password" },
      ],
    ]);
  });
  await shown("door-reset", studio, async (page, server) => {
    await page.type("main input[type=password]", "a new long password");
    await page.keyboard.press("Enter");
    await says(page, "The new password is set.");
    assert.deepEqual(deeds(server, "POST"), [
      [
        "/api/reset",
        { reset: "0123456789abcdef", password: "a new long password" },
      ],
    ]);
  });
});

test("devices and keys are ended one by one, and a new key is shown once", async () => {
  const studio = withPeople("mina");
  const rest = studio.answer;
  studio.answer = (asked) => {
    if (asked.method === "DELETE") return { status: 200, body: {} };
    if (asked.method === "POST" && asked.path === "/api/tokens")
      return { status: 201, body: { token: "secret-key" } };
    return rest?.(asked);
  };
  await shown("account-devices", studio, async (page, server) => {
    await button(page, "Sign out: Safari, iPhone").click();
    await says(page, "Signed out there.");
    await page.locator("[role=tab]::-p-text(Keys for programs)").click();
    await button(page, "Revoke: Nightly renders").click();
    await says(page, "The key opens nothing any more.");
    await page.type("dialog form input", "Lights");
    await page.keyboard.press("Enter");
    const field = await page.waitForSelector("dialog input[readonly]");
    assert.equal(
      await field?.evaluate((one) =>
        one instanceof HTMLInputElement ? one.value : "",
      ),
      "secret-key",
    );
    const ended = () => deeds(server, "DELETE").map(([path]) => path);
    assert.deepEqual(ended(), ["/api/sessions/2", "/api/tokens/5"]);
    await until("the key was asked for", () => deeds(server, "POST").length);
    assert.deepEqual(deeds(server, "POST"), [
      ["/api/tokens", { name: "Lights", scope: "read" }],
    ]);
  });
});

test("whoever runs the server makes a link for a new password, and takes invitations back", async () => {
  const studio = withPeople("ada");
  const rest = studio.answer;
  studio.answer = (asked) => {
    if (asked.method === "DELETE") return { status: 200, body: {} };
    return asked.path === "/api/people/mina/reset"
      ? { status: 201, body: { reset: "abc" } }
      : rest?.(asked);
  };
  await shown("account-people", studio, async (page, server) => {
    await button(page, "Link for a new password: mina").click();
    const field = await page.waitForSelector("dialog input[readonly]");
    assert.equal(
      await field?.evaluate((one) =>
        one instanceof HTMLInputElement ? one.value : "",
      ),
      `${server.url}#reset=abc`,
    );
    const links = await page.$$eval("dialog button", (all) =>
      all
        .map((one) => one.getAttribute("aria-label") ?? "")
        .filter((label) => label.startsWith("Link")),
    );
    assert.equal(links.length, 3, "who may not come in needs no password");
    await page.locator("dialog button::-p-text(Take back)").click();
    await says(page, "The invitation was taken back.");
    assert.deepEqual(deeds(server, "DELETE"), [
      ["/api/invitations/9", undefined],
    ]);
  });
});
