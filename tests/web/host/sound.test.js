// The engine's sound in the page's audio thread: what is written comes out unchanged, breaks do not
// click, and the clock is what has been heard. Both ways that it can go, shared memory and messages.
import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "./page.js";

/** Of a wave of 480 samples at 0.5: nothing that does not click steps further from sample to sample. */
const STEP_MAX =
  0.5 * ((2 * Math.PI) / 480) + 0.5 * (1 - Math.exp(-1 / 96)) + 1e-4;

/**
 * Renders [count] samples of a worker's sound without a device and faster than time.
 * @param {import("puppeteer-core").Page} page @param {number} index @param {string} before
 *   the source of what the worker does when it is connected
 */
const render = (page, index, before, count = 24000) =>
  page.evaluate(
    async (index, before, count) => {
      const { connectSound } =
        await import("/sources/shims/browser/sound_connect.js");
      const worker = /** @type {any} */ (globalThis).workers[index];
      const link = await worker.ask("(host) => host.module.crSound.link()");
      const context = new OfflineAudioContext(2, count, 48000);
      await connectSound(context, link);
      const told = await worker.ask(before);
      // The worklet's messages come before the first quantum only if they had time to.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const buffer = await context.startRendering();
      await new Promise((resolve) => setTimeout(resolve, 200));
      const [left, right] = [0, 1].map((c) => [...buffer.getChannelData(c)]);
      return { left, right, told };
    },
    index,
    before,
    count,
  );

/** @param {number[]} samples */
const steepest = (samples) =>
  samples.reduce(
    (most, sample, i) =>
      Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0))),
    0,
  );

for (const isolated of [true, false])
  test(`sound by ${isolated ? "a ring in shared memory" : "messages"}`, async (t) => {
    const page = await openPage({ isolated });
    try {
      const worker = await page.worker();

      await t.test(
        "what is written is what comes out, and an end does not click",
        async () => {
          const { left, right, told } = await render(
            page.page,
            worker.index,
            "(host) => host.module._test_sound_write(0.5, 480, 12000)",
          );
          assert.equal(told, 12000);
          const first = left.findIndex((sample) => Math.abs(sample) > 1e-4);
          assert.ok(first >= 0 && first < 256, `begins at ${first}`);
          for (let i = 2000; i < 11000; i++) {
            const wanted = 0.5 * Math.cos((2 * Math.PI * i) / 480);
            assert.ok(Math.abs((left[i] ?? 9) - wanted) < 1e-5, `sample ${i}`);
            assert.ok(
              Math.abs((right[i] ?? 9) + wanted) < 1e-5,
              `right sample ${i}`,
            );
          }
          assert.ok(steepest(left) <= STEP_MAX, `steps of ${steepest(left)}`);
          assert.ok(left.slice(14000).every((sample) => sample === 0));
          const end = await worker.run((host) => ({
            heard: host.module._test_sound_heard(),
            room: host.module._test_sound_room(),
            underruns: host.module.crSound.underruns(),
          }));
          assert.deepEqual(end, { heard: 12000, room: 16384, underruns: 1 });
        },
      );

      await t.test(
        "what is cleared is not heard, and what follows begins at 0",
        async () => {
          const { left } = await render(
            page.page,
            worker.index,
            `(host) => {
            host.module._test_sound_write(0.5, 480, 16000);
            host.module._test_sound_clear();
            host.module._test_sound_write(0.25, 480, 300);
          }`,
          );
          const loudest = Math.max(...left.map(Math.abs));
          // 0.25, and what is left of the step from silence to it.
          assert.ok(loudest > 0.2 && loudest < 0.28, `peak ${loudest}`);
          assert.ok(steepest(left) <= STEP_MAX, `steps of ${steepest(left)}`);
          assert.equal(
            await worker.run((host) => host.module._test_sound_heard()),
            300,
          );
        },
      );

      await t.test("a full ring takes no more", async () => {
        const { told } = await render(
          page.page,
          worker.index,
          `(host) => [host.module._test_sound_write(0.5, 480, 20000),
                      host.module._test_sound_write(0.5, 480, 1)]`,
          480,
        );
        assert.deepEqual(told, [16384, 0]);
      });

      await t.test(
        "a running device moves the clock as time does",
        async () => {
          const seen = await page.page.evaluate(async (index) => {
            const { connectSound } =
              await import("/sources/shims/browser/sound_connect.js");
            const worker = /** @type {any} */ (globalThis).workers[index];
            const link = await worker.ask(
              "(host) => host.module.crSound.link()",
            );
            const context = new AudioContext({ sampleRate: 48000 });
            const sound = await connectSound(context, link);
            await context.resume();
            // Feeds two seconds of it and notes the clock beside the time.
            const notes = await worker.ask(`async (host) => {
            const notes = [];
            let written = 0;
            while (written < 96000) {
              written += host.module._test_sound_write(0.1, 480, 4800);
              await new Promise((resolve) => setTimeout(resolve, 10));
              notes.push([performance.now(), host.module._test_sound_heard()]);
            }
            return { notes, running: host.module._test_sound_is_running(), underruns: host.module.crSound.underruns() };
          }`);
            const latency = context.outputLatency;
            sound.close();
            const after = await worker.ask(
              "(host) => host.module._test_sound_is_running()",
            );
            await context.close();
            return { ...notes, latency, after };
          }, worker.index);
          assert.equal(seen.running, 1);
          assert.equal(seen.after, 0);
          assert.ok(
            seen.notes.every(
              (note, i) => i === 0 || note[1] >= seen.notes[i - 1][1],
            ),
          );
          const rise = seen.notes.at(-1)[1];
          assert.ok(rise > 60000 && rise <= 96000, `${rise} heard of 96000`);
          t.diagnostic(
            `${seen.underruns} underruns, ${Math.round(seen.latency * 1000)} ms to the ears`,
          );
        },
      );
    } finally {
      await page.close();
    }
  });
