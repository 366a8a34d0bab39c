// What is said and offered before a film is open.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { drawnFilm } from "../run/film.js";
import { artifacts, withPage } from "../run/page.js";
import {
  answerDialog,
  button,
  openFolder,
  plainDialogs,
  says,
} from "../run/use.js";

const fake = (/** @type {string} */ query = "") => ({
  isFake: true,
  query,
  before: plainDialogs,
});

/** @param {string} name @param {Record<string, string>} content */
async function folderOf(name, content) {
  const folder = path.join(artifacts, name);
  await files.rm(folder, { recursive: true, force: true });
  for (const [file, text] of Object.entries(content)) {
    await files.mkdir(path.dirname(path.join(folder, file)), {
      recursive: true,
    });
    await files.writeFile(path.join(folder, file), text);
  }
  return folder;
}

test("an engine that does not start says why and can be tried again", async (t) => {
  await withPage(t, fake("?broken"), async ({ page }) => {
    await says(page, "The engine did not start");
    await says(page, "the host answered 404");
    await says(page, "engine/threads/engine.wasm");
    await button(page, "Try again").click();
    await says(page, "the host answered 404");
  });
});

test("a wait says what for, how long, and can be left", async (t) => {
  await withPage(t, fake("?slow"), async ({ page }) => {
    await openFolder(page, await drawnFilm());
    await says(page, "Opening the film");
    await says(page, "1 s");
    await button(page, "Cancel").click();
    await says(page, "Open a film");
    // What arrives after that is thrown away, and closed.
    await page.evaluate(() => window.fake.letOpen?.());
    await page.waitForFunction(() => window.fake.leaks === 0);
    await says(page, "Open a film");
  });
});

test("what cannot be opened is refused in a sentence", async (t) => {
  await withPage(t, fake(), async ({ page }) => {
    const notes = await folderOf("only-notes", { "notes.txt": "none" });
    await answerDialog(page, "Choose media", [path.join(notes, "notes.txt")]);
    await says(page, "There is no project.json and no media in this");
    await button(page, "Open something else").click();
    const torn = await folderOf("torn", { "project.json": '{"title": "Fer' });
    await answerDialog(page, "Choose media", [path.join(torn, "project.json")]);
    await says(page, "This project file ends in the middle.");
    await says(page, "at project.json: byte 12");
    await button(page, "Open something else").click();
    await says(page, "Open a film");
  });
});

test("media alone become a new project", async (t) => {
  await withPage(t, fake(), async ({ page }) => {
    const media = await folderOf("media", { "a.png": "a", "b.wav": "b" });
    await answerDialog(page, "Choose media", [
      path.join(media, "a.png"),
      path.join(media, "b.wav"),
    ]);
    await says(page, "New project");
    await page.waitForSelector('[role=option][aria-label^="a.png"]');
  });
});

test("a folder can be dropped, and the page shows that it may be", async (t) => {
  await withPage(t, fake(), async ({ page }) => {
    const drag = (/** @type {string} */ type, /** @type {string} */ text) =>
      page.evaluate(
        (kind, content) => {
          const data = new DataTransfer();
          data.items.add(new File([content], "project.json"));
          window.dispatchEvent(
            new DragEvent(kind, {
              dataTransfer: data,
              bubbles: true,
              cancelable: true,
            }),
          );
        },
        type,
        text,
      );
    await says(page, "Open a film");
    await drag("dragenter", "{}");
    await says(page, "Drop to open");
    await drag("dragleave", "{}");
    await says(page, "Open a film");
    await drag("drop", '{"title": "Dropped"}');
    // A file that a script made has no entry in every browser; then nothing is opened, and it says so.
    await page.waitForFunction(
      () =>
        document.body.innerText.includes("Dropped") ||
        document.body.innerText.includes("This folder is empty"),
    );
  });
});

test("what a browser lacks is said, with what still works", async (t) => {
  await withPage(t, fake("?lacks=threads,h264"), async ({ page }) => {
    await says(page, "What this browser lacks");
    await page.locator("main summary").click();
    await says(page, "This browser cannot encode H.264. The other formats");
    await says(page, "one thread: everything works");
  });
  await withPage(t, fake("?lacks=canvas"), async ({ page }) => {
    await says(page, "Cutroom cannot run here");
    assert.equal(await page.$("main button"), null, "Nothing is offered.");
  });
});

test("missing media are named and can be found", async (t) => {
  await withPage(t, fake(), async ({ page }) => {
    const without = ["assets/s1.png", "assets/music.wav"];
    await openFolder(page, await drawnFilm({ without }));
    await says(page, "2 files are missing");
    await page.locator("main summary").click();
    await says(page, "assets/music.wav");
  });
});
