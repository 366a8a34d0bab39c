// The timeline as a person cuts on it: by pointer and by keyboard, with what became of the project.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEADLINE_MS, isFirefox, until } from "../run/browser.js";
import {
  after,
  bodyOf,
  boxOf,
  click,
  clipOf,
  clipsOf,
  cutOptions,
  drag,
  isOpen,
  perSecond,
  playheadTo,
  seconds,
  trackOf,
} from "../run/cut.js";
import { withPage } from "../run/page.js";
import { button, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */

// Firefox plays on its own engine build; cutting is the same code there.
const skip = isFirefox && "The timeline is driven in Chromium.";

/**
 * @param {import("node:test").TestContext} t
 * @param {(page: Page, use: import("../run/page.js").Use) => Promise<void>} body
 * @param {object[]} [more]
 */
const cutting = async (t, body, more = []) =>
  withPage(
    t,
    await cutOptions(more.length > 0 ? "cut-more" : "cut", more),
    async (use) => {
      await isOpen(use.page);
      await body(use.page, use);
    },
  );

/** @param {Page} page @param {string} keys such as "Control Shift z" */
async function press(page, keys) {
  const names = /** @type {import("puppeteer-core").KeyInput[]} */ (
    keys.split(" ")
  );
  const key = /** @type {import("puppeteer-core").KeyInput} */ (names.pop());
  for (const name of names) await page.keyboard.down(name);
  await page.keyboard.press(key);
  for (const name of names.reverse()) await page.keyboard.up(name);
}

test(
  "clips move along and across tracks, with what is linked to them",
  { skip },
  async (t) => {
    await cutting(t, async (page, { picture }) => {
      const one = await perSecond(page);
      let film = await after(page, async () =>
        drag(page, await bodyOf(page, "c3"), { x: one, y: 0 }),
      );
      assert.deepEqual(clipsOf(film, "v1")[2], ["c3", 9, 4]);

      // Over the clip behind the cut: what lies there gives way, the sound comes along.
      film = await after(page, async () =>
        drag(page, await bodyOf(page, "c1"), { x: one * 2, y: 0 }),
      );
      assert.deepEqual(clipsOf(film, "v1"), [
        ["c1", 2, 4],
        ["c2", 6, 2],
        ["c3", 9, 4],
      ]);
      assert.deepEqual(clipsOf(film, "a1"), [
        ["s1", 2, 4],
        ["s2", 6, 2],
      ]);

      const up = (await boxOf(page, "c1")).height + 4;
      film = await after(page, async () =>
        drag(page, await bodyOf(page, "c1"), { x: 0, y: -up }),
      );
      assert.deepEqual(clipsOf(film, "v2"), [["c1", 2, 4]]);
      assert.deepEqual(clipsOf(film, "a1")[0], ["s1", 2, 4]);
      await picture("timeline moved");

      for (let step = 0; step < 3; step++)
        film = await after(page, () => press(page, "Control z"));
      assert.deepEqual(clipsOf(film, "v1"), [
        ["c1", 0, 4],
        ["c2", 4, 4],
        ["c3", 8, 4],
      ]);
      film = await after(page, () => press(page, "Control Shift z"));
      assert.deepEqual(clipsOf(film, "v1")[2], ["c3", 9, 4]);
    });
  },
);

test(
  "with Control a move makes room, with Alt it leaves a copy",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      const one = await perSecond(page);
      let film = await after(page, async () =>
        drag(page, await bodyOf(page, "c3"), { x: -one * 4, y: 0 }, [
          "Control",
        ]),
      );
      assert.deepEqual(clipsOf(film, "v1"), [
        ["c1", 0, 4],
        ["c3", 4, 4],
        ["c2", 8, 4],
      ]);
      await after(page, () => press(page, "Control z"));
      film = await after(page, async () =>
        drag(
          page,
          await bodyOf(page, "c3"),
          { x: -one, y: -(await boxOf(page, "c3")).height - 4 },
          ["Alt"],
        ),
      );
      assert.deepEqual(clipsOf(film, "v1").length, 3, "the clip itself stays");
      assert.deepEqual(
        clipsOf(film, "v2").map((clip) => clip.slice(1)),
        [[7, 4]],
      );
    });
  },
);

test("edges snap, and not when snapping is off", { skip }, async (t) => {
  await cutting(t, async (page) => {
    const one = await perSecond(page);
    await playheadTo(page, 10);
    // Five pixels short of the playhead.
    const near = { x: one * 2 - 5, y: 0 };
    let film = await after(page, async () =>
      drag(page, await bodyOf(page, "c3"), near),
    );
    assert.equal(seconds(clipOf(film, "c3").start), 10);
    await after(page, () => press(page, "Control z"));
    await page.keyboard.press("n");
    film = await after(page, async () =>
      drag(page, await bodyOf(page, "c3"), near),
    );
    assert.notEqual(seconds(clipOf(film, "c3").start), 10);
    const frame = clipOf(film, "c3").start / 23_520_000;
    assert.equal(frame, Math.round(frame), "a clip begins on a frame");
  });
});

test("edges trim, ripple and roll", { skip }, async (t) => {
  await cutting(t, async (page) => {
    const one = await perSecond(page);
    const edge = async (
      /** @type {string} */ id,
      /** @type {"start" | "end"} */ side,
    ) => {
      const { x, y, width } = await boxOf(page, id);
      return { x: side === "start" ? x + 2 : x + width - 4, y: y + 24 };
    };
    let film = await after(page, async () =>
      drag(page, await edge("c1", "end"), { x: -one, y: 0 }),
    );
    assert.deepEqual(clipsOf(film, "v1")[0], ["c1", 0, 3]);
    assert.deepEqual(
      clipsOf(film, "a1")[0],
      ["s1", 0, 3],
      "the sound is trimmed with it",
    );
    await after(page, () => press(page, "Control z"));

    film = await after(page, async () =>
      drag(page, await edge("c1", "end"), { x: -one, y: 0 }, ["Alt"]),
    );
    assert.deepEqual(
      clipsOf(film, "a1")[0],
      ["s1", 0, 4],
      "alone: the sound stays",
    );
    await after(page, () => press(page, "Control z"));

    film = await after(page, async () =>
      drag(page, await edge("c2", "start"), { x: one, y: 0 }, ["Control"]),
    );
    assert.deepEqual(clipsOf(film, "v1"), [
      ["c1", 0, 4],
      ["c2", 4, 3],
      ["c3", 7, 4],
    ]);
    assert.equal(seconds(clipOf(film, "c2").source_start ?? 0), 7);
    await after(page, () => press(page, "Control z"));

    await page.keyboard.press("t");
    film = await after(page, async () =>
      drag(page, await edge("c2", "start"), { x: -one, y: 0 }, ["Shift"]),
    );
    assert.deepEqual(clipsOf(film, "v1"), [
      ["c1", 0, 3],
      ["c2", 3, 5],
      ["c3", 8, 4],
    ]);
  });
});

test(
  "slip shows another part, slide moves between neighbours",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      const one = await perSecond(page);
      await page.keyboard.press("y");
      let film = await after(page, async () =>
        drag(page, await bodyOf(page, "c2"), { x: -one, y: 0 }),
      );
      assert.equal(seconds(clipOf(film, "c2").source_start ?? 0), 7);
      assert.equal(seconds(clipOf(film, "s2").source_start ?? 0), 7);
      await page.keyboard.press("u");
      film = await after(page, async () =>
        drag(page, await bodyOf(page, "c2"), { x: one, y: 0 }),
      );
      assert.deepEqual(clipsOf(film, "v1"), [
        ["c1", 0, 5],
        ["c2", 5, 4],
        ["c3", 9, 3],
      ]);
    });
  },
);

test(
  "the blade and S split; Delete leaves a gap, with Shift it closes",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      const one = await perSecond(page);
      await page.keyboard.press("b");
      const { x, y } = await boxOf(page, "c1");
      let film = await after(page, () =>
        page.mouse.click(x + one * 1.5, y + 30),
      );
      assert.deepEqual(
        clipsOf(film, "v1").map((clip) => clip.slice(1)),
        [
          [0, 1.5],
          [1.5, 2.5],
          [4, 4],
          [8, 4],
        ],
      );
      assert.equal(clipsOf(film, "a1").length, 3, "the sound is cut with it");
      await page.keyboard.press("v");
      await playheadTo(page, 6);
      film = await after(page, () => page.keyboard.press("s"));
      assert.equal(clipsOf(film, "v1").length, 5);
      assert.equal(
        clipsOf(film, "a2").length,
        2,
        "nothing selected: all tracks are cut",
      );
      await click(page, "c3");
      film = await after(page, () => page.keyboard.press("Delete"));
      assert.equal(clipsOf(film, "v1").length, 4);
      await click(page, "c2");
      film = await after(page, () => press(page, "Shift Delete"));
      assert.deepEqual(
        clipsOf(film, "v1").map((clip) => clip.slice(1)),
        [
          [0, 1.5],
          [1.5, 2.5],
          [4, 2],
        ],
      );
    });
  },
);

test(
  "clips are selected by marquee, Control and Shift, and copied",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      const chosen = () =>
        page.$$eval("[role=option][aria-selected=true]", (options) =>
          options.map((option) => option.getAttribute("data-clip")).sort(),
        );
      await click(page, "c3");
      assert.deepEqual(await chosen(), ["c3"]);
      await page.keyboard.down("Control");
      await click(page, "k1");
      await page.keyboard.up("Control");
      assert.deepEqual(await chosen(), ["c3", "k1"]);
      await click(page, "c1");
      assert.deepEqual(
        await chosen(),
        ["c1", "s1"],
        "linked clips are selected together",
      );
      const { x, y, height } = await boxOf(page, "c3");
      const one = await perSecond(page);
      await drag(
        page,
        { x: x + one * 4.3, y: y + height - 6 },
        { x: -one * 4.8, y: -8 },
      );
      assert.deepEqual(
        await chosen(),
        ["c2", "c3"],
        "the marquee takes what it touches",
      );

      await click(page, "c3");
      await press(page, "Control c");
      await playheadTo(page, 12);
      let film = await after(page, () => press(page, "Control v"));
      assert.deepEqual(clipsOf(film, "v1")[3]?.slice(1), [12, 4]);
      film = await after(page, () => press(page, "Control d"));
      assert.deepEqual(clipsOf(film, "v1")[4]?.slice(1), [16, 4]);
      await playheadTo(page, 4);
      film = await after(page, () => press(page, "Control Shift v"));
      assert.deepEqual(
        clipsOf(film, "v1").map((clip) => clip[1]),
        [0, 4, 8, 12, 16, 20],
      );
      assert.deepEqual(
        clipsOf(film, "a1")[1],
        ["s2", 8, 4],
        "all tracks make room",
      );
    });
  },
);

test(
  "marked stretches are lifted and extracted; markers come and go",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      await playheadTo(page, 3);
      await page.keyboard.press("i");
      await playheadTo(page, 5);
      await page.keyboard.press("o");
      let film = await after(page, () => page.keyboard.press(";"));
      assert.deepEqual(clipsOf(film, "v1"), [
        ["c1", 0, 3],
        ["c2", 5, 3],
        ["c3", 8, 4],
      ]);
      await after(page, () => press(page, "Control z"));
      await page.keyboard.press("i");
      await playheadTo(page, 6);
      await page.keyboard.press("o");
      film = await after(page, () => page.keyboard.press("'"));
      assert.deepEqual(
        clipsOf(film, "v1").map((clip) => clip.slice(1)),
        [
          [0, 4],
          [4, 1],
          [5, 2],
          [7, 4],
        ].slice(0, 4),
      );
      film = await after(page, () => press(page, "Shift M"));
      assert.equal(film.sequences[0]?.markers?.length, 2);
      film = await after(page, () => page.keyboard.press("Delete"));
      assert.equal(film.sequences[0]?.markers?.length, 1);
    });
  },
);

test("fades, gain and transitions are pulled", { skip }, async (t) => {
  await cutting(t, async (page, { picture }) => {
    const one = await perSecond(page);
    const { x, y } = await boxOf(page, "c1");
    let film = await after(page, () =>
      drag(page, { x: x + 6, y: y + 7 }, { x: one, y: 0 }),
    );
    assert.ok(Math.abs(seconds(clipOf(film, "c1").fade_in ?? 0) - 1) < 0.1);

    const cut = await boxOf(page, "c2");
    film = await after(page, () =>
      drag(page, { x: cut.x, y: cut.y + cut.height - 8 }, { x: one / 2, y: 0 }),
    );
    const [transition] = trackOf(film, "v1").transitions ?? [];
    assert.deepEqual([transition?.from, transition?.to], ["c1", "c2"]);
    assert.ok(Math.abs(seconds(transition?.duration ?? 0) - 1) < 0.1);
    await picture("timeline transition");
    film = await after(page, () => page.keyboard.press("Delete"));
    assert.deepEqual(trackOf(film, "v1").transitions ?? [], []);

    // The line of 0 dB stands at three tenths of the room below the name.
    const sound = await boxOf(page, "m1");
    const line = sound.y + 19 + 0.3 * (sound.height - 23);
    film = await after(page, () =>
      drag(page, { x: sound.x + one, y: line }, { x: 0, y: 9 }),
    );
    assert.ok((clipOf(film, "m1").gain ?? 0) < -5);
  });
});

test(
  "tracks are added, named, switched, moved and removed",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      await button(page, "Add a track").click();
      await page.waitForSelector("[role=menu]");
      const ids = (/** @type {import("../run/cut.js").Project} */ film) =>
        film.sequences[0]?.tracks.map(({ id }) => id) ?? [];
      let film = await after(page, () =>
        page.locator("::-p-text(Picture track)").click(),
      );
      assert.equal(ids(film).length, 6);
      film = await after(page, () =>
        page
          .locator(
            '[role=group][aria-label="Track Sound 2"] button[aria-label=Mute]',
          )
          .click(),
      );
      assert.equal(trackOf(film, "a2").muted, true);
      film = await after(page, () =>
        page
          .locator(
            '[role=group][aria-label="Track Picture 1"] button[aria-label=Lock]',
          )
          .click(),
      );
      assert.equal(trackOf(film, "v1").locked, true);
      await page.locator('button[aria-label="Track Sound 1: more"]').click();
      film = await after(page, () =>
        page.locator("::-p-text(Move the track down)").click(),
      );
      assert.deepEqual(ids(film).slice(2, 4), ["a2", "a1"]);
      await page.locator('button[aria-label="Track Text: more"]').click();
      await page.locator("::-p-text(Rename)").click();
      film = await after(page, async () => {
        await page.keyboard.type("Titles");
        await page.keyboard.press("Enter");
      });
      assert.equal(trackOf(film, "x1").name, "Titles");
      await page.locator('button[aria-label="Track Titles: more"]').click();
      film = await after(page, () =>
        page.locator("::-p-text(Remove the track)").click(),
      );
      assert.ok(!ids(film).includes("x1"));
    });
  },
);

test(
  "time goes to the right where the page is read from the right",
  { skip },
  async (t) => {
    await cutting(t, async (page, { picture }) => {
      await page.evaluate(() => (document.documentElement.dir = "rtl"));
      const places = await page.evaluate(() => {
        const left = (/** @type {string} */ what) =>
          document.querySelector(what)?.getBoundingClientRect().left ?? NaN;
        return {
          head: left('[role=group][aria-label="Track Sound 1"]'),
          lanes: left("[data-lanes]"),
          ruler: left("[data-ruler]"),
          playhead: left("[data-playhead]"),
          timecode: left("[data-timecode]"),
          play: left("button[aria-label=Play]"),
        };
      });
      assert.ok(places.head < places.lanes, "The heads stand on the left.");
      assert.ok(Math.abs(places.ruler - places.lanes) <= 1);
      assert.ok(Math.abs(places.playhead - places.lanes) <= 1);
      assert.ok(places.timecode < places.play);
      await picture(t.name);
    });
  },
);

test(
  "an asset is dropped from the bin, and laid between marks",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      const one = await perSecond(page);
      const { x, y } = await boxOf(page, "c1");
      const drop = (
        /** @type {number} */ at,
        /** @type {boolean} */ isInserting,
      ) =>
        page.evaluate(
          (left, top, ctrlKey) => {
            const lanes = document.querySelector("[data-lanes]");
            const data = new DataTransfer();
            data.setData("application/x-cutroom-asset", "ferry");
            const where = {
              clientX: left,
              clientY: top,
              ctrlKey,
              bubbles: true,
              cancelable: true,
              dataTransfer: data,
            };
            lanes?.dispatchEvent(new DragEvent("dragover", where));
            lanes?.dispatchEvent(new DragEvent("drop", where));
          },
          x + at * one,
          y + 30,
          isInserting,
        );
      let film = await after(page, () => drop(8, false));
      assert.deepEqual(
        clipsOf(film, "v1").map((clip) => clip.slice(1)),
        [
          [0, 4],
          [4, 4],
          [8, 20],
        ],
      );
      const put = clipsOf(film, "v1")[2]?.[0];
      assert.equal(clipOf(film, String(put)).asset, "ferry");
      assert.deepEqual(
        clipsOf(film, "a1")[2]?.slice(1),
        [8, 20],
        "its sound lies under it",
      );
      await after(page, () => press(page, "Control z"));
      film = await after(page, () => drop(4, true));
      assert.deepEqual(
        clipsOf(film, "v1").map((clip) => clip.slice(1)),
        [
          [0, 4],
          [4, 20],
          [24, 4],
          [28, 4],
        ],
      );
    });
  },
);

test(
  "all of it by keyboard, and told to who cannot see it",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      await page.keyboard.press("Tab");
      await page.focus("[role=listbox]");
      await page.keyboard.press("ArrowRight"); // the first title
      await page.keyboard.press("ArrowDown"); // the pictures
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight"); // c3
      await page.waitForFunction(
        (wanted) => {
          const list = document.querySelector("[role=listbox]");
          const id = list?.getAttribute("aria-activedescendant") ?? "";
          const label = document.getElementById(id)?.getAttribute("aria-label");
          return label === wanted;
        },
        { timeout: DEADLINE_MS },
        "Morning, at 00:00:08:00, 0:04 long",
      );
      await says(page, "1 clip selected");
      let film = await after(page, () => press(page, "Alt ArrowRight"));
      assert.equal(clipOf(film, "c3").start, 8 * 705_600_000 + 23_520_000);
      film = await after(page, () => press(page, "Alt ArrowUp"));
      assert.deepEqual(clipsOf(film, "v2").length, 1);
      await playheadTo(page, 10);
      film = await after(page, () => page.keyboard.press("]"));
      assert.equal(
        seconds(clipOf(film, "c3").start + clipOf(film, "c3").duration),
        10,
      );
      film = await after(page, () => page.keyboard.press("Delete"));
      assert.deepEqual(clipsOf(film, "v2"), []);
    });
  },
);

test(
  "the view zooms around the pointer, scrolls, and fits",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      const { x, y, width } = await boxOf(page, "c2");
      await page.mouse.move(x + 40, y + 20);
      await page.keyboard.down("Control");
      await page.mouse.wheel({ deltaY: -300 });
      await page.keyboard.up("Control");
      const wider = (/** @type {number} */ than) =>
        page.waitForFunction(
          (least) =>
            (document.querySelector("[data-clip=c2]")?.getBoundingClientRect()
              .width ?? 0) > least,
          { timeout: DEADLINE_MS },
          than,
        );
      await wider(width * 2);
      const zoomed = await boxOf(page, "c2");
      const scale = zoomed.width / width;
      assert.ok(
        Math.abs(zoomed.x + 40 * scale - (x + 40)) < 3,
        "what is under the pointer stays there",
      );
      await page.keyboard.press("+");
      await wider(zoomed.width * 1.2);
      await press(page, "Shift Z");
      await page.waitForFunction(
        (wanted) =>
          Math.abs(
            (document.querySelector("[data-clip=c2]")?.getBoundingClientRect()
              .width ?? 0) - wanted,
          ) < 2,
        { timeout: DEADLINE_MS },
        width,
      );
    });
  },
);

test("clips show their pictures and their sound", { skip }, async (t) => {
  await cutting(t, async (page) => {
    // Colours along a line through the lower part of a clip.
    const colours = (/** @type {string} */ id) =>
      page.evaluate((clip) => {
        const canvas = document.querySelector("[data-lanes] canvas");
        const box = document
          .querySelector(`[data-clip="${clip}"]`)
          ?.getBoundingClientRect();
        if (!(canvas instanceof HTMLCanvasElement) || !box) return 0;
        const place = canvas.getBoundingClientRect();
        const { data } = canvas
          .getContext("2d")
          ?.getImageData(
            Math.round(box.x - place.x) + 8,
            Math.round(box.bottom - place.y) - 14,
            Math.round(box.width) - 16,
            1,
          ) ?? { data: [] };
        const found = new Set();
        for (let at = 0; at < data.length; at += 4)
          found.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
        return found.size;
      }, id);
    await until("pictures of c1", async () => (await colours("c1")) > 12);
    await until("the sound of s2", async () => (await colours("s2")) > 1);
  });
});

test("by touch, taps select, fingers push and pinch", { skip }, async (t) => {
  await cutting(t, async (page) => {
    const one = await perSecond(page);
    const { x, y } = await bodyOf(page, "c3");
    await page.touchscreen.tap(x, y);
    await says(page, "1 clip selected");
    const touch = await page.touchscreen.touchStart(x, y);
    for (let step = 1; step <= 4; step++)
      await touch.move(x - (one * step) / 4, y - 66 * (step / 4));
    const film = await after(page, () => touch.end());
    assert.deepEqual(clipsOf(film, "v2"), [["c3", 7, 4]]);
    const before = await boxOf(page, "c1");
    const left = await page.touchscreen.touchStart(before.x + 100, y);
    const right = await page.touchscreen.touchStart(before.x + 200, y);
    await right.move(before.x + 400, y);
    await right.end();
    await left.end();
    await page.waitForFunction(
      (width) =>
        (document.querySelector("[data-clip=c1]")?.getBoundingClientRect()
          .width ?? 0) >
        width * 1.5,
      { timeout: DEADLINE_MS },
      before.width,
    );
  });
});

test(
  "what the engine refuses is said, and nothing changes",
  { skip },
  async (t) => {
    await cutting(t, async (page) => {
      await page.keyboard.press(";");
      await says(page, "Mark a stretch first");
    });
  },
);
