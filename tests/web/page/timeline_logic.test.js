// What the timeline computes: where things are, what sticks, how far things go.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isFirefox } from "../run/browser.js";
import { openSource } from "../run/source.js";

const SECOND = 705_600_000;
const FRAME = SECOND / 30;
const RATE = { num: 30, den: 1 };
const skip = isFirefox && "No browser is needed.";

/** @type {Awaited<ReturnType<typeof openSource>>} */
let source;
before(async () => {
  source = await openSource();
});
after(() => source.end());

/** @param {string} id @param {number} start @param {number} seconds @param {object} [more] */
const clip = (id, start, seconds, more) => ({
  id,
  kind: "media",
  asset: "a",
  start: start * SECOND,
  duration: seconds * SECOND,
  ...more,
});

/** @param {string} id @param {string} kind @param {object[]} clips @param {object} [more] */
const track = (id, kind, clips, more) => ({
  id,
  kind,
  clips,
  transitions: [],
  ...more,
});

/** @param {object[]} tracks @param {object[]} [markers] */
const film = (tracks, markers = []) => ({ id: "film", tracks, markers });

test(
  "rows stand as they are seen: words, pictures from the top, sound",
  { skip },
  async () => {
    const { layoutOf, rowAt } = await source.load("state/timeline_geometry.ts");
    const layout = layoutOf(
      [
        track("v1", "video", []),
        track("v2", "video", []),
        track("a1", "audio", []),
        track("x", "text", []),
        track("a2", "audio", []),
      ],
      { v2: 100 },
    );
    const ids = layout.rows.map((/** @type {any} */ row) => row.track.id);
    assert.deepEqual(ids, ["x", "v2", "v1", "a1", "a2"]);
    const [, second] = layout.rows;
    assert.equal(second.height, 100);
    assert.equal(rowAt(layout, second.top).track.id, "v2");
    assert.equal(rowAt(layout, second.top + 99).track.id, "v2");
    assert.equal(rowAt(layout, second.top + 100), null, "between two rows");
    assert.equal(rowAt(layout, -1), null);
  },
);

test("the clips of a stretch are found among many", { skip }, async () => {
  const { clipAt, clipsBetween } = await source.load(
    "state/timeline_geometry.ts",
  );
  const clips = Array.from({ length: 5000 }, (_, at) =>
    clip(`c${at}`, at * 2, 1),
  );
  const ids = (/** @type {any[]} */ found) => found.map(({ id }) => id);
  assert.deepEqual(ids(clipsBetween(clips, 2000.5 * SECOND, 2004 * SECOND)), [
    "c1000",
    "c1001",
  ]);
  assert.deepEqual(
    ids(clipsBetween(clips, 2001 * SECOND, 2002 * SECOND)),
    [],
    "a gap",
  );
  assert.equal(clipAt(clips, 9998 * SECOND).id, "c4999");
  assert.equal(clipAt(clips, 9999 * SECOND), null, "its end is not in it");
});

test(
  "the ruler's labels lie on whole seconds or frames, apart enough to be read",
  { skip },
  async () => {
    const { ruler } = await source.load("state/timeline_geometry.ts");
    for (const scale of [
      FRAME / 90,
      FRAME / 10,
      SECOND / 100,
      SECOND,
      SECOND * 30,
    ]) {
      const marks = ruler(0, 1200, scale, RATE);
      const labels = marks.filter((/** @type {any} */ mark) => mark.isLabelled);
      assert.ok(
        labels.length >= 1 && labels.length <= 13,
        `${labels.length} labels`,
      );
      assert.ok(marks.length < 300, `${marks.length} marks`);
      for (const { at } of labels) assert.equal(at % FRAME, 0);
    }
  },
);

test("edges stick to the nearest target within reach", { skip }, async () => {
  const { snap, targetsOf } = await source.load("state/timeline_snap.ts");
  const targets = targetsOf(
    film(
      [track("v", "video", [clip("c", 0, 4), clip("d", 10, 2)])],
      [{ id: "m", start: 7 * SECOND }],
    ),
    new Set(["d"]),
    [5 * SECOND, null],
  );
  assert.deepEqual(
    targets,
    [0, 4, 5, 7].map((at) => at * SECOND),
  );
  const reach = SECOND / 10;
  const near = snap([10 * SECOND, 12 * SECOND], -2.95 * SECOND, targets, reach);
  assert.deepEqual(near, { by: -3 * SECOND, guide: 7 * SECOND });
  const end = snap([10 * SECOND, 12 * SECOND], -4.98 * SECOND, targets, reach);
  assert.equal(end.guide, 5 * SECOND);
  const far = snap([10 * SECOND], -1.5 * SECOND, targets, reach);
  assert.deepEqual(far, { by: -1.5 * SECOND, guide: null });
});

test(
  "edges go as far as their source, their neighbours and a frame let them",
  { skip },
  async () => {
    const { slideLimits, slipLimits, trimLimits } = await source.load(
      "state/timeline_trims.ts",
    );
    const assets = new Map([
      ["a", { id: "a", uri: "a", duration: 20 * SECOND }],
    ]);
    const one = clip("c1", 0, 4, { source_start: 3 * SECOND });
    const two = clip("c2", 5, 4, { source_start: 2 * SECOND, speed: 2 });
    const three = clip("c3", 9, 4);
    const lane = track("v", "video", [one, two, three]);
    const place = (/** @type {object} */ at) => ({ clip: at, track: lane });
    const limits = (
      /** @type {object} */ at,
      /** @type {string} */ edge,
      /** @type {string} */ mode,
    ) => {
      const { least, most } = trimLimits(
        [place(at)],
        edge,
        mode,
        FRAME,
        assets,
      );
      return [least / SECOND || 0, most / SECOND || 0];
    };
    const frame = 1 / 30;
    assert.deepEqual(
      limits(two, "start", "trim"),
      [-1, 4 - frame],
      "a second of source, and of gap",
    );
    assert.deepEqual(
      limits(one, "start", "trim"),
      [0, 4 - frame],
      "not before the film",
    );
    assert.deepEqual(limits(one, "start", "ripple-trim"), [-3, 4 - frame]);
    assert.deepEqual(limits(one, "end", "trim"), [-(4 - frame), 1]);
    assert.deepEqual(
      limits(two, "end", "roll"),
      [0, 4 - frame],
      "the next has no source before its start",
    );
    const slip = slipLimits([place(two)], assets);
    assert.deepEqual([slip.least / SECOND, slip.most / SECOND], [-2, 10]);
    const slide = slideLimits(place(two), FRAME, assets);
    assert.deepEqual(
      [slide.least / SECOND || 0, slide.most / SECOND],
      [0, 4 - frame],
    );
  },
);

test(
  "what moves takes its company along, and only as far as all can go",
  { skip },
  async () => {
    const { companyOf, movesOf } = await source.load("state/timeline_moves.ts");
    const c = clip("c", 2, 2, { link: "l" });
    const d = clip("d", 6, 2, { group: "g" });
    const s = clip("s", 2, 2, { link: "l", group: "g" });
    const video = track("v1", "video", [c, d]);
    const upper = track("v2", "video", [clip("o", 1, 2)]);
    const sound = track("a1", "audio", [s]);
    const sequence = film([video, upper, sound]);
    const places = new Map(
      [c, d, s].map((one) => [
        one.id,
        { clip: one, track: one === s ? sound : video },
      ]),
    );
    const company = companyOf({ places }, ["c"]);
    assert.deepEqual(
      company.map((/** @type {any} */ one) => one.clip.id).sort(),
      ["c", "d", "s"],
    );
    const { moves, covered } = movesOf(
      sequence,
      company,
      -5 * SECOND,
      "video",
      -1,
    );
    assert.deepEqual(
      moves
        .map((/** @type {any} */ move) => [
          move.clip.id,
          move.to.id,
          move.start / SECOND,
        ])
        .sort(),
      [
        ["c", "v2", 0],
        ["d", "v2", 4],
        ["s", "a1", 0],
      ],
      "not before the film's beginning, and sound stays on its tracks",
    );
    assert.deepEqual(covered, [
      { track: "v2", start: SECOND, duration: SECOND },
    ]);
    const locked = film([video, { ...upper, locked: true }, sound]);
    const kept = movesOf(locked, company, 0, "video", -1).moves;
    assert.ok(
      kept.every((/** @type {any} */ move) => move.to === move.from),
      "nothing goes to a locked track",
    );
  },
);

test(
  "the line of the gain and where it is pulled to say the same",
  { skip },
  async () => {
    const { gainAt, gainLine } = await source.load("state/timeline_handles.ts");
    const row = { top: 40, height: 120 };
    for (const gain of [12, 6, 0, -6, -20, -48])
      assert.ok(
        Math.abs(gainAt(row, gainLine(row, gain)) - gain) <= 0.5,
        `${gain} dB`,
      );
    assert.equal(gainAt(row, 0), 12);
    assert.equal(gainAt(row, 1000), -48);
  },
);
