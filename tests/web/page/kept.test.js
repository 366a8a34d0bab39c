// What a tab that was killed in mid-write leaves of a project's files is no obstacle to the project.
import test from "node:test";
import { clipOf, keptWhen, openPlain, pick, type } from "../run/editor.js";
import { withPage } from "../run/page.js";
import { plainDialogs } from "../run/use.js";

/**
 * Makes the cards of all projects what a tab leaves that is killed as it begins to write them.
 * @param {import("puppeteer-core").Page} page
 */
const cutCards = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const projects = await root.getDirectoryHandle("projects");
    for await (const [, folder] of projects.entries()) {
      if (!(folder instanceof FileSystemDirectoryHandle)) continue;
      await folder.removeEntry("card.json").catch(() => undefined);
      await folder.getFileHandle("card.json", { create: true });
    }
  });

test("a project is listed and opens though its card was cut short", async (t) => {
  await withPage(t, { before: plainDialogs }, async ({ page, server }) => {
    await openPlain(page);
    await pick(page, 0.5, 0.9);
    await type(page, "Opacity", "40");
    await keptWhen(
      page,
      "the edit is kept",
      (project) => clipOf(project, "red")?.opacity === 0.4,
    );
    // Away from the page that would write it again.
    await page.goto(server.url, { waitUntil: "load" });
    await cutCards(page);
    await page.reload();
    await page.locator('a[aria-label="Open Plain"]').click();
    await page.waitForSelector("button[aria-label=Play]:not([disabled])");
  });
});
