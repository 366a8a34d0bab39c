// The stage with the real engine: moving, scaling, turning, cropping and writing where it is seen.
import assert from "node:assert/strict";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import {
  clipOf,
  colorAt,
  drag,
  isNear,
  keptWhen,
  openPlain,
  pick,
} from "../run/editor.js";
import { withPage } from "../run/page.js";
import { button, plainDialogs } from "../run/use.js";

const options = { before: plainDialogs, size: { width: 1440, height: 900 } };
const skip = isFirefox && "the engine does not show right in Firefox yet";

test(
  "handles scale, move with snapping, turn and crop what is selected",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await pick(page, 0.05, 0.05);
      await drag(page, '[data-handle="1,1"]', -200, -100);
      let project = await keptWhen(
        page,
        "the clip is smaller",
        (now) => clipOf(now, "red").scale_x < 0.95,
      );
      let red = clipOf(project, "red");
      assert.equal(red.scale_x, red.scale_y, "a corner keeps the shape");
      assert.ok(red.x < 0 && red.y < 0, "the other corner stays where it was");
      await until("the corner is empty", async () =>
        isNear(await colorAt(page, 0.97, 0.97), [0, 0, 0]),
      );
      await drag(page, "[data-box]", 37, 3);
      project = await keptWhen(
        page,
        "the clip was moved",
        (now) => clipOf(now, "red").x !== red.x,
      );
      await page.keyboard.press("c");
      await drag(page, '[data-handle="-1,0"]', 60, 40);
      project = await keptWhen(
        page,
        "the left is cut away",
        (now) => clipOf(now, "red").crop_left > 0,
      );
      red = clipOf(project, "red");
      assert.equal(red.crop_right, undefined);
      await page.keyboard.press("c");
      await drag(page, "[data-turn]", 400, 120);
      project = await keptWhen(
        page,
        "the clip was turned",
        (now) => clipOf(now, "red").rotation !== undefined,
      );
      assert.ok(clipOf(project, "red").rotation > 20);
    });
  },
);

test(
  "a clip snaps to the middle, and arrow keys move it by pixels",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await pick(page, 0.5, 0.5);
      await page.focus("[data-box]");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.down("Shift");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.up("Shift");
      const project = await keptWhen(
        page,
        "the title was nudged",
        (now) => clipOf(now, "hello").y === 10,
      );
      assert.equal(clipOf(project, "hello").x, 1);
      await drag(page, "[data-box]", 0, -12);
      await keptWhen(
        page,
        "it has snapped to the middle",
        (now) => Math.abs(clipOf(now, "hello").x ?? 0) < 0.01,
      );
    });
  },
);

test(
  "a title is written in its place; safe areas and zoom",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await pick(page, 0.5, 0.5);
      await page.focus("[data-box]");
      await page.keyboard.press("Enter");
      await page.waitForSelector('textarea[aria-label="Text of the title"]');
      await page.keyboard.type("Ahoy");
      await page.keyboard.down("Control");
      await page.keyboard.press("Enter");
      await page.keyboard.up("Control");
      await keptWhen(
        page,
        "the title says Ahoy",
        (now) => clipOf(now, "hello").text === "Ahoy",
      );
      await button(page, "Safe areas").click();
      await page.waitForSelector("[data-safe]");
      await page.select('select[aria-label="Zoom"]', "1");
      await page.waitForFunction(
        () =>
          document.querySelector("canvas")?.getBoundingClientRect().width ===
          640,
      );
    });
  },
);
