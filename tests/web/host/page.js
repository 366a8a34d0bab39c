// A browser with an empty page of the host's server, and workers in it that run what a test says.
import { borrowBrowser } from "../run/borrowed.js";
import { DEADLINE_MS, until } from "../run/browser.js";
import { startHostServer } from "./server.js";

/** @typedef {Awaited<ReturnType<typeof openPage>>} HostPage */

/** @param {{ isolated?: boolean }} [options] */
export async function openPage({ isolated = true } = {}) {
  const server = await startHostServer({ isolated });
  const started = await borrowBrowser();
  const page = await started.browser.newPage();
  page.setDefaultTimeout(DEADLINE_MS);
  const build = isolated ? "wasm" : "wasm-single";
  await arrive(page, server.url);
  return {
    page,
    server,
    until,
    /** The page anew, with all its workers gone. */
    reload: () => arrive(page, server.url),
    /** @param {object} [options] of start() in worker.js */
    worker: async (options = {}) => {
      const worker = await startWorker(page);
      const address = `${server.url}build/${build}/host_contract.mjs`;
      const threads = await worker.run(
        (_, options) => /** @type {any} */ (globalThis).start(options),
        { build: address, ...options },
      );
      return { ...worker, threads };
    },
    close: async () => {
      await started.close();
      await server.close();
    },
  };
}

/** @param {import("puppeteer-core").Page} page @param {string} url */
async function arrive(page, url) {
  await page.goto(url);
  await page.evaluate(() => {
    const all = /** @type {any} */ (globalThis);
    all.workers = [];
    all.startWorker = () => {
      const worker = new Worker("/sources/tests/web/host/worker.js", {
        type: "module",
      });
      const waiting = new Map();
      worker.onmessage = ({ data }) => {
        const { resolve, reject } = waiting.get(data.id);
        if (data.error) reject(new Error(data.error));
        else resolve(data.value);
      };
      let last = 0;
      all.workers.push({
        worker,
        ask: (
          /** @type {string} */ source,
          /** @type {unknown} */ argument,
          transfer = [],
        ) =>
          new Promise((resolve, reject) => {
            waiting.set(++last, { resolve, reject });
            worker.postMessage({ id: last, source, argument }, transfer);
          }),
      });
      return all.workers.length - 1;
    };
  });
}

/** @param {import("puppeteer-core").Page} page */
async function startWorker(page) {
  const index = await page.evaluate(() =>
    /** @type {any} */ (globalThis).startWorker(),
  );
  return {
    index,
    /**
     * Runs [body] in the worker: (host, argument) → value; both go by copy.
     * @template A, R
     * @param {(host: any, argument: A) => R | Promise<R>} body
     * @param {A} [argument]
     * @returns {Promise<Awaited<R>>}
     */
    run: (body, argument) =>
      page.evaluate(
        (index, source, argument) =>
          /** @type {any} */ (globalThis).workers[index].ask(source, argument),
        index,
        body.toString(),
        argument,
      ),
    /** Ends it at once, as a killed tab does. */
    kill: () =>
      page.evaluate(
        (index) =>
          /** @type {any} */ (globalThis).workers[index].worker.terminate(),
        index,
      ),
  };
}
