// The inspector with the real engine: what is set is in the project, and seen.
import assert from "node:assert/strict";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import {
  clipOf,
  colorAt,
  isNear,
  keptWhen,
  openPlain,
  pick,
  seconds,
  tab,
  type,
} from "../run/editor.js";
import { withPage } from "../run/page.js";
import { button, plainDialogs } from "../run/use.js";

const options = { before: plainDialogs, size: { width: 1440, height: 900 } };
const skip = isFirefox && "the engine does not show right in Firefox yet";

/** @param {import("puppeteer-core").Page} page @param {string} label @param {string} value */
const choose = (page, label, value) =>
  page.select(`[data-inspector] select[aria-label="${label}"]`, value);

test(
  "a clip is moved, scaled and faded by numbers, and each is undone",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await pick(page, 0.05, 0.05);
      await type(page, "Position X", "320");
      await type(page, "Scale X", "50");
      await type(page, "Opacity", "200/2");
      await choose(page, "Blend", "screen");
      const project = await keptWhen(
        page,
        "the numbers are in the project",
        (now) => clipOf(now, "red").blend === "screen",
      );
      const red = clipOf(project, "red");
      assert.equal(red.x, 320);
      assert.equal(red.scale_x, 0.5);
      assert.equal(red.scale_y, 0.5, "width and height go together");
      assert.equal(red.opacity, undefined, "all of it is the default");
      await until("the left half is empty, the right is red", async () => {
        const left = await colorAt(page, 0.3, 0.3);
        const right = await colorAt(page, 0.9, 0.5);
        return isNear(left, [0, 0, 0]) && isNear(right, [208, 32, 32]);
      });
      await tab(page, "History");
      await page.locator("::-p-aria(Back to step 0: As it was opened)").click();
      await keptWhen(
        page,
        "everything was taken back",
        (now) =>
          clipOf(now, "red").x === undefined &&
          clipOf(now, "red").blend === undefined,
      );
      await until("the picture is as before", async () =>
        isNear(await colorAt(page, 0.1, 0.1), [208, 32, 32]),
      );
    });
  },
);

test("keyframes are set, gone to, curved and removed", { skip }, async (t) => {
  await withPage(t, options, async ({ page }) => {
    await openPlain(page);
    await pick(page, 0.05, 0.05);
    await button(page, "Keyframe of Opacity here").click();
    await page.waitForSelector(
      'button[aria-label="Remove the keyframe of Opacity"]',
    );
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.up("Shift");
    await page.waitForSelector('button[aria-label="Keyframe of Opacity here"]');
    await type(page, "Opacity", "20");
    let project = await keptWhen(
      page,
      "there are two keyframes",
      (now) => clipOf(now, "red").opacity?.length === 2,
    );
    assert.deepEqual(clipOf(project, "red").opacity, [
      { at: 0, value: 1 },
      { at: seconds(1), value: 0.2 },
    ]);
    await button(page, "Keyframe of Opacity before").click();
    await button(page, "Easing of Opacity").click();
    await page.select("[role=dialog] select", "bezier");
    project = await keptWhen(
      page,
      "the first has a curve",
      (now) => clipOf(now, "red").opacity?.[0].easing === "bezier",
    );
    assert.equal(clipOf(project, "red").opacity[0].curve.length, 4);
  });
});

test(
  "effects come from the core's catalogue, in an order, switched and removed",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await pick(page, 0.05, 0.05);
      for (const name of ["Gaussian blur", "Vignette"]) {
        await button(page, "Add an effect").click();
        await page
          .locator(`::-p-aria([name="${name}"][role="menuitem"])`)
          .click();
        await page.waitForSelector(`li[aria-label="${name}"]`);
      }
      await type(page, "Strength", "33");
      await button(page, "Vignette earlier").click();
      await page
        .locator('[role=switch][aria-label="Gaussian blur is applied"]')
        .click();
      const project = await keptWhen(
        page,
        "the blur is off and second",
        (now) => clipOf(now, "red").effects?.[1]?.off === true,
      );
      const { effects } = clipOf(project, "red");
      assert.equal(effects[0].kind, "vignette");
      assert.equal(effects[1].kind, "blur");
      assert.equal(effects[1].params.sigma, 33);
      await button(page, "Remove Vignette").click();
      await keptWhen(
        page,
        "the vignette is gone",
        (now) => clipOf(now, "red").effects?.length === 1,
      );
    });
  },
);

test(
  "a title is written, styled and animated; the film has settings",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await type(page, "Loudness", "-23");
      await choose(page, "Frame rate", "25");
      await pick(page, 0.5, 0.5);
      await type(page, "Text", "Good day");
      await type(page, "Size", "40");
      await choose(page, "Font", "Noto Serif");
      await choose(page, "Animation: In", "rise");
      const project = await keptWhen(
        page,
        "the title comes from below",
        (now) => clipOf(now, "hello").y?.length === 2,
      );
      const hello = clipOf(project, "hello");
      assert.equal(hello.text, "Good day");
      assert.deepEqual(hello.style, { font: "Noto Serif", size: 40 });
      assert.equal(hello.y[0].value, 60);
      assert.equal(project.settings.loudness, -23);
      assert.equal(String(project.settings.frame_rate), "25");
    });
  },
);
