// Files on servers: by ranges, kept beyond a reload, ahead of a reader in order, and every way in
// which a server can fail is a sentence or is not noticed.
import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "./page.js";

const MB = 1 << 20;

/** @param {(page: import("./page.js").HostPage) => Promise<void>} body @param {{ isolated?: boolean }} [options] */
async function withPage(body, options) {
  const page = await openPage(options);
  try {
    await body(page);
  } finally {
    await page.close();
  }
}

/**
 * Reads [size] bytes at [offset]: what was wrong with them, or "".
 * @param {Awaited<ReturnType<import("./page.js").HostPage["worker"]>>} worker
 * @param {{ url: string, at: number[], size: number, seed: number }} what
 */
const wrongIn = (worker, what) =>
  worker.run((host, { url, at, size, seed }) => {
    const source = host.open(url);
    if (!source.read) return `${source.status}: ${source.text}`;
    for (const offset of at) {
      const bytes = source.readFully(offset, size);
      if (typeof bytes === "number") return `read: ${bytes}`;
      for (let i = 0; i < bytes.length; i++) {
        const wanted =
          (Math.imul((offset + i) % 65521, 40503 + seed) >>> 7) & 255;
        if (bytes[i] !== wanted)
          return `byte ${offset + i} is ${bytes[i]}, not ${wanted}`;
      }
    }
    source.close();
    return "";
  }, what);

/** The sentence and status of an open that fails. */
const refusal = (worker, url) =>
  worker.run((host, url) => {
    const { status, text } = host.open(url);
    return { status, text };
  }, url);

for (const isolated of [true, false])
  test(`reads by ranges, ${isolated ? "with" : "without"} threads`, () =>
    withPage(
      async ({ server, worker: start }) => {
        server.films.set("/film.mp4", { size: 40 * MB + 7, seed: 1 });
        const worker = await start();
        const at = [0, 300000, 39 * MB, 262140, 5 * MB + 1];
        const url = `${server.url}film.mp4`;
        assert.equal(
          await wrongIn(worker, { url, at, size: 70000, seed: 1 }),
          "",
        );
        const got = server.requests.filter(
          (request) => request.method === "GET",
        );
        assert.ok(got.every((request) => request.status === 206));
        assert.ok(got.length <= 8, `${got.length} requests`);
        const seen = await worker.run((host, url) => {
          const source = host.open(url);
          const end = source.read(40 * 2 ** 20, 100).length;
          const threads = source.readOnThreads(12 * 2 ** 20, 1000).length;
          const { size, name } = source;
          source.close();
          return { size, name, end, threads };
        }, url);
        assert.deepEqual(seen, {
          size: 40 * MB + 7,
          name: "film.mp4",
          end: 7,
          threads: 1000,
        });
      },
      { isolated },
    ));

test("what was read once is there after a reload, and no longer when the file is another", () =>
  withPage(async ({ server, worker: start, reload }) => {
    const film = { size: 8 * MB, seed: 2 };
    server.films.set("/kept.mp4", film);
    const url = `${server.url}kept.mp4`;
    const what = { url, at: [0, 3 * MB, 7 * MB], size: 100000, seed: 2 };
    const first = await start();
    assert.equal(await wrongIn(first, what), "");
    assert.ok(server.requests.some((request) => request.method === "GET"));
    await reload();
    server.requests.length = 0;
    assert.equal(await wrongIn(await start(), what), "");
    assert.deepEqual(
      server.requests.map((request) => request.method),
      ["HEAD"],
    );
    await reload();
    server.films.set("/kept.mp4", { size: 8 * MB, seed: 3 });
    assert.equal(await wrongIn(await start(), { ...what, seed: 3 }), "");
  }));

test("the cache is bounded", () =>
  withPage(async ({ server, worker: start, reload }) => {
    server.films.set("/long.mp4", { size: 16 * MB, seed: 4 });
    const url = `${server.url}long.mp4`;
    const options = { http: { cacheBytes: 2 * MB } };
    const worker = await start(options);
    const at = Array.from({ length: 16 }, (_, i) => i * MB);
    assert.equal(await wrongIn(worker, { url, at, size: MB, seed: 4 }), "");
    await reload();
    const again = await start(options);
    server.requests.length = 0;
    assert.equal(
      await wrongIn(again, { url, at: [15 * MB], size: MB, seed: 4 }),
      "",
    );
    assert.deepEqual(
      server.requests.map((request) => request.method),
      ["HEAD"],
    );
    const stored = await again.run(async (host) => {
      const root = await navigator.storage.getDirectory();
      const own = await root.getDirectoryHandle(".cutroom");
      const folder = await own.getDirectoryHandle("http");
      return (await (await folder.getFileHandle("blocks")).getFile()).size;
    });
    assert.ok(stored > 0 && stored <= 2 * MB, `${stored} bytes`);
  }));

test("reading in order is fetched ahead, in larger pieces", (t) =>
  withPage(async ({ server, worker: start }) => {
    server.films.set("/ahead.mp4", { size: 24 * MB, seed: 5 });
    const worker = await start();
    const seen = await worker.run(async (host, url) => {
      const source = host.open(url);
      let waits = 0;
      for (let at = 0; at < source.size; at += 65536) {
        const begin = performance.now();
        source.readFully(at, 65536);
        waits += performance.now() - begin;
        // A reader has other things to do; meanwhile what was fetched arrives.
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      source.close();
      return waits;
    }, `${server.url}ahead.mp4`);
    const ranges = server.requests.flatMap(({ range }) => {
      const found = /bytes=(\d+)-(\d+)/.exec(range ?? "");
      return found ? [Number(found[2]) - Number(found[1]) + 1] : [];
    });
    t.diagnostic(
      `${ranges.length} requests for 96 blocks, ${Math.round(seen)} ms waited`,
    );
    // Without it, by fours at most.
    assert.ok(ranges.length < 20, `${ranges.length} requests`);
    assert.ok(Math.max(...ranges) > MB);
  }));

test("a server's trouble is a sentence", async (t) =>
  withPage(async ({ server, worker: start }) => {
    const worker = await start();
    /** @type {[string, string, import("./server.js").Film, number, RegExp][]} */
    const cases = [
      [
        "404",
        "/gone.mp4",
        answering(404),
        -6,
        /No such file on the server \(404\)/,
      ],
      ["403", "/secret.mp4", answering(403), -12, /does not allow it \(403\)/],
      [
        "500 for ever",
        "/broken.mp4",
        answering(500),
        -5,
        /the server is in trouble \(500\)/,
      ],
      [
        "429 for an hour",
        "/busy.mp4",
        answering(429, { "Retry-After": "3600" }),
        -16,
        /too often/,
      ],
      [
        "too large without ranges",
        "/whole.mp4",
        { size: 70 * MB, ranges: false },
        -7,
        /73 MB only as a whole, without byte ranges/,
      ],
    ];
    for (const [name, address, film, status, sentence] of cases)
      await t.test(name, async () => {
        server.films.set(address, film);
        const fault = await refusal(worker, server.url + address.slice(1));
        assert.equal(fault.status, status);
        assert.match(fault.text, sentence);
      });

    await t.test("another origin that does not let us read", async () => {
      server.films.set("/closed.mp4", { size: MB });
      const fault = await refusal(worker, `${server.otherOrigin}closed.mp4`);
      assert.equal(fault.status, -5);
      assert.match(
        fault.text,
        /cannot be reached, or does not let pages of http:.* \(CORS\)/,
      );
    });

    await t.test("no server at all", async () => {
      const fault = await refusal(worker, "http://127.0.0.1:9/x.mp4");
      assert.equal(fault.status, -5);
      assert.match(fault.text, /cannot be reached/);
    });
  }));

/** @param {number} status @param {Record<string, string>} headers */
const answering = (status, headers = {}) => ({
  size: 0,
  /** @param {import("node:http").IncomingMessage} _ @param {import("node:http").ServerResponse} response */
  plant(_, response) {
    response.writeHead(status, headers).end();
    return true;
  },
});

test("what passes is not noticed", async (t) =>
  withPage(async ({ server, worker: start }) => {
    const worker = await start();
    const size = 3 * MB;

    await t.test("a 503 once, and patience that was asked for", async () => {
      let times = [];
      server.films.set("/once.mp4", {
        size,
        seed: 6,
        plant(request, response) {
          if (request.method !== "GET") return false;
          times.push(Date.now());
          if (times.length > 1) return false;
          response.writeHead(503, { "Retry-After": "1" }).end();
          return true;
        },
      });
      const url = `${server.url}once.mp4`;
      assert.equal(
        await wrongIn(worker, { url, at: [MB], size: 1000, seed: 6 }),
        "",
      );
      assert.ok(
        times[1] - times[0] >= 990,
        `asked again after ${times[1] - times[0]} ms`,
      );
    });

    await t.test("a connection that breaks off", async () => {
      let count = 0;
      server.films.set("/breaks.mp4", {
        size,
        seed: 7,
        plant(request, response) {
          if (request.method !== "GET" || ++count > 1) return false;
          response.writeHead(206, {
            "Content-Length": 262144,
            "Content-Range": `bytes 0-262143/${size}`,
          });
          response.write(Buffer.alloc(1000), () => response.destroy());
          return true;
        },
      });
      const url = `${server.url}breaks.mp4`;
      assert.equal(
        await wrongIn(worker, { url, at: [0], size: 1000, seed: 7 }),
        "",
      );
      assert.equal(count, 2);
    });

    await t.test("no answer to HEAD, as of signed links", async () => {
      server.films.set("/signed.mp4", {
        size,
        seed: 8,
        plant(request, response) {
          if (request.method !== "HEAD") return false;
          response.writeHead(403).end();
          return true;
        },
      });
      const url = `${server.url}signed.mp4`;
      assert.equal(
        await wrongIn(worker, { url, at: [0, 2 * MB], size: 1000, seed: 8 }),
        "",
      );
    });

    await t.test("a small file of a server without ranges", async () => {
      server.films.set("/small.mp4", { size, seed: 9, ranges: false });
      const url = `${server.url}small.mp4`;
      assert.equal(
        await wrongIn(worker, { url, at: [0, 2 * MB], size: 9000, seed: 9 }),
        "",
      );
    });

    await t.test(
      "another origin that lets us read, with and without its ETag",
      async () => {
        for (const [i, exposed] of ["", "ETag, Content-Range"].entries()) {
          const headers = {
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            ...(exposed && { "Access-Control-Expose-Headers": exposed }),
          };
          server.films.set(`/other${i}.mp4`, { size, seed: 10 + i, headers });
          const url = `${server.otherOrigin}other${i}.mp4`;
          const what = { url, at: [0, 2 * MB], size: 9000, seed: 10 + i };
          assert.equal(await wrongIn(worker, what), "", exposed);
        }
      },
    );
  }));

test("a file that changes while it is open is a fault, never a mix", async (t) =>
  withPage(async ({ server, worker: start }) => {
    const worker = await start();
    const open = {
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Access-Control-Expose-Headers": "ETag, Accept-Ranges",
    };
    const uncached = { ...open, "Cache-Control": "no-store" };
    /** @type {{ name: string, before: object, after: object, from?: string }[]} */
    const cases = [
      { name: "with another ETag", before: { seed: 12 }, after: { seed: 13 } },
      {
        name: "with no ETag and another size",
        before: { seed: 14, etag: "" },
        after: { seed: 15, etag: "", size: 9 * MB },
      },
      {
        name: "with another ETag, on another origin",
        before: { seed: 16, headers: open },
        after: { seed: 17, headers: open },
        from: server.otherOrigin,
      },
      {
        name: "with another ETag, on another origin, with nothing between us",
        before: { seed: 18, headers: uncached },
        after: { seed: 19, headers: uncached },
        from: server.otherOrigin,
      },
    ];
    for (const { name, before, after, from = server.url } of cases)
      await t.test(name, async () => {
        const address = `/changes-${before.seed}.mp4`;
        server.films.set(address, { size: 8 * MB, ...before });
        const url = from + address.slice(1);
        await worker.run((host, url) => {
          globalThis.open = host.open(url);
          globalThis.open.readFully(0, 1000);
        }, url);
        server.films.set(address, { size: 8 * MB, ...after });
        const seen = await worker.run((host) => {
          const source = globalThis.open;
          const answers = [
            source.read(5 * 2 ** 20, 1000),
            source.read(0, 1000),
          ];
          source.close();
          return { answers, log: host.log.slice(-1)[0] };
        });
        assert.deepEqual(seen.answers, [-13, -13]);
        assert.match(
          seen.log,
          /changes-\d+\.mp4 cannot be read: it was changed on the server/,
        );
        const what = { url, at: [0, 5 * MB], size: 1000, seed: after.seed };
        assert.equal(await wrongIn(worker, what), "");
      });
  }));
