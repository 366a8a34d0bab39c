// The browser's own storage: what was committed survives everything, what was not leaves nothing, and
// several engines agree about what is there.
import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "./page.js";

/** @typedef {Awaited<ReturnType<import("./page.js").HostPage["worker"]>>} Worker */

/** @param {(page: import("./page.js").HostPage) => Promise<void>} body */
async function withPage(body) {
  const page = await openPage();
  try {
    await body(page);
  } finally {
    await page.close();
  }
}

/** @param {Worker} worker @param {string} path @param {string} text the status */
const put = (worker, path, text) =>
  worker.run(
    (host, [path, text]) =>
      host.put(`opfs:/${path}`, new TextEncoder().encode(text)),
    [path, text],
  );

/** The text, or the status of why there is none. @param {Worker} worker @param {string} path */
const get = (worker, path) =>
  worker.run((host, path) => {
    const source = host.open(`opfs:/${path}`);
    if (!source.read) return source.status;
    const bytes = source.readFully(0, source.size);
    source.close();
    return typeof bytes === "number" ? bytes : new TextDecoder().decode(bytes);
  }, path);

/** What is where it is, behind the engine's back. @param {Worker} worker */
const everything = (worker) =>
  worker.run(async () => {
    const found = [];
    const look = async (folder, path) => {
      for await (const [name, child] of folder.entries()) {
        if (child.kind === "directory") await look(child, `${path}${name}/`);
        else found.push(path + name);
      }
    };
    await look(await navigator.storage.getDirectory(), "");
    return found.sort();
  });

/** Folders of engines. @param {Worker} worker */
const sessions = async (worker) => {
  const names = (await everything(worker)).filter((path) =>
    path.startsWith(".cutroom/parts/"),
  );
  return new Set(names.map((path) => path.split("/")[2]));
};

test("a file is in its place after its commit, and nowhere before", () =>
  withPage(async ({ worker: start }) => {
    const worker = await start();
    const seen = await worker.run(async (host) => {
      const sink = host.create("opfs:/films/a.mp4");
      sink.write(0, new Uint8Array(1000));
      const before = await host.module.crOpfs.list();
      sink.commit();
      sink.close();
      await host.module.crOpfs.settled();
      const file = await host.module.crOpfs.file("films/a.mp4");
      const [{ path, size }] = await host.module.crOpfs.list("films");
      const { used, quota } = await host.module.crOpfs.usage();
      return {
        before,
        size: file.size,
        listed: { path, size },
        isCounted: used > 0 && quota > used,
      };
    });
    assert.deepEqual(seen, {
      before: [],
      size: 1000,
      listed: { path: "films/a.mp4", size: 1000 },
      isCounted: true,
    });
    assert.ok((await everything(worker)).includes("films/a.mp4"));
  }));

test("a worker that is killed loses what it had not committed and nothing else", () =>
  withPage(async ({ worker: start }) => {
    const first = await start();
    await first.run((host) => {
      // Putting it in its place takes for ever.
      FileSystemFileHandle.prototype.move = () => new Promise(() => {});
      host.put(
        "opfs:/out/committed.bin",
        new TextEncoder().encode("all of it"),
      );
      host.put(
        "opfs:/out/committed.bin",
        new TextEncoder().encode("all of it, again"),
      );
      globalThis.begun = host.create("opfs:/out/begun.bin");
      globalThis.begun.write(0, new Uint8Array(5000));
    });
    assert.equal(await get(first, "out/committed.bin"), "all of it, again");
    assert.ok(!(await everything(first)).includes("out/committed.bin"));
    await first.kill();
    const second = await start();
    assert.equal(await get(second, "out/committed.bin"), "all of it, again");
    assert.equal(await get(second, "out/begun.bin"), -6);
    const third = await start();
    await second.kill();
    assert.equal(await get(third, "out/committed.bin"), "all of it, again");
    const fourth = await start();
    assert.equal(
      (await sessions(fourth)).size,
      2,
      "those of the third and the fourth",
    );
  }));

test("a damaged journal is no obstacle", () =>
  withPage(async ({ worker: start }) => {
    const first = await start({ isStored: false });
    await first.run(async () => {
      const root = await navigator.storage.getDirectory();
      const own = await root.getDirectoryHandle(".cutroom", { create: true });
      const parts = await own.getDirectoryHandle("parts", { create: true });
      const dead = await parts.getDirectoryHandle("dead", { create: true });
      const write = async (name, text) => {
        const handle = await dead.getFileHandle(name, { create: true });
        const access = await handle.createSyncAccessHandle();
        access.write(new TextEncoder().encode(text), { at: 0 });
        access.close();
      };
      await write("1", "whole");
      await write("2", "cut sho");
      const line = (part, size) =>
        JSON.stringify({ part, path: `saved/${part}`, size });
      const last = line("3", 1).slice(0, 20);
      await write(
        "journal",
        [line("1", 5), "\0\0\0", line("2", 9), "{}", last].join("\n"),
      );
    });
    const second = await start();
    assert.equal(await get(second, "saved/1"), "whole");
    assert.equal(await get(second, "saved/2"), -6);
    assert.ok(!(await sessions(second)).has("dead"));
  }));

test("a browser that cannot move files copies them", () =>
  withPage(async ({ worker: start }) => {
    const worker = await start();
    const seen = await worker.run(async (host) => {
      FileSystemFileHandle.prototype.move = undefined;
      host.put(
        "opfs:/copied.txt",
        new TextEncoder().encode("the first and longer one"),
      );
      await host.module.crOpfs.settled();
      host.put("opfs:/copied.txt", new TextEncoder().encode("second"));
      await host.module.crOpfs.settled();
      return (await host.module.crOpfs.file("copied.txt")).text();
    });
    assert.equal(seen, "second");
    assert.equal(await get(worker, "copied.txt"), "second");
  }));

test("a file can be read while it is put in its place", () =>
  withPage(async ({ worker: start }) => {
    const worker = await start();
    const seen = await worker.run(async (host) => {
      const move = FileSystemFileHandle.prototype.move;
      let go = () => {};
      const arrived = [];
      FileSystemFileHandle.prototype.move = async function (...words) {
        arrived.shift()?.();
        await new Promise((resolve) => (go = resolve));
        return move.apply(this, words);
      };
      const during = async (size) => {
        const isMoving = new Promise((resolve) => arrived.push(resolve));
        host.put(`opfs:/moving-${size}`, new Uint8Array(size).fill(7));
        await isMoving;
        const source = host.open(`opfs:/moving-${size}`);
        go();
        await host.module.crOpfs.settled();
        if (!source.read) return source;
        const bytes = source.readFully(0, size);
        source.close();
        return bytes.length === size && bytes.every((byte) => byte === 7);
      };
      const small = await during(2 << 20);
      const large = await during(40 << 20);
      const after = host.open(`opfs:/moving-${40 << 20}`);
      const size = after.size;
      after.close();
      return { small, large, size };
    });
    assert.equal(seen.small, true);
    assert.equal(seen.large.status, -16);
    assert.match(seen.large.text, /ask again in a moment/);
    assert.equal(seen.size, 40 << 20);
  }));

test("a place that cannot be had keeps the file readable, and the next start tries again", () =>
  withPage(async ({ worker: start }) => {
    const first = await start();
    await first.run(async (host) => {
      FileSystemFileHandle.prototype.move = async () => {
        throw new DOMException("no", "NoModificationAllowedError");
      };
      host.put("opfs:/stuck.txt", new TextEncoder().encode("here"));
      await host.module.crOpfs.settled();
    });
    assert.equal(await get(first, "stuck.txt"), "here");
    const log = await first.run((host) => host.log.join());
    assert.match(log, /stuck\.txt: it is open for writing somewhere else/);
    await first.kill();
    assert.equal(await get(await start(), "stuck.txt"), "here");
  }));

test("several engines", async (t) =>
  withPage(async ({ worker: start, until }) => {
    const [one, two] = [await start(), await start()];

    await t.test(
      "hear of each other's files, and can read them at the same time",
      async () => {
        assert.equal(await put(one, "shared.txt", "by one"), 0);
        await until(
          "two has heard",
          async () => (await get(two, "shared.txt")) === "by one",
        );
        assert.equal(await get(one, "shared.txt"), "by one");
      },
    );

    await t.test("need not wait to hear", async () => {
      await one.run(async (host) => {
        host.put("opfs:/segments/1", new Uint8Array(3));
        await host.module.crOpfs.settled();
      });
      const size = await two.run(async (host) => {
        await host.module.crOpfs.prepare(["opfs:/segments"]);
        const source = host.open("opfs:/segments/1");
        const size = source.size;
        source.close();
        return size;
      });
      assert.equal(size, 3);
    });

    await t.test(
      "see what another has put in the place of a file, and never a mix",
      async () => {
        await two.run((host) => {
          globalThis.open = host.open("opfs:/shared.txt");
        });
        await put(one, "shared.txt", "by one once more");
        await until(
          "two has heard",
          async () => (await get(two, "shared.txt")) === "by one once more",
        );
        const old = await two.run(() => {
          const bytes = globalThis.open.readFully(0, 6);
          globalThis.open.close();
          return typeof bytes === "number"
            ? bytes
            : new TextDecoder().decode(bytes);
        });
        assert.ok(old === -13 || old === -6 || old === "by one", `read ${old}`);
      },
    );

    await t.test("hear what another has removed", async () => {
      await one.run((host) => host.module.crOpfs.remove("shared.txt"));
      await until(
        "two has heard",
        async () => (await get(two, "shared.txt")) === -6,
      );
      await one.run((host) => host.module.crOpfs.remove("shared.txt"));
    });
  }));

test("a full storage says so, and what was begun takes no room", () =>
  withPage(async ({ worker: start, page, server }) => {
    const worker = await start();
    const origin = new URL(server.url).origin;
    const session = await page.createCDPSession();
    await session.send("Storage.overrideQuotaForOrigin", {
      origin,
      quotaSize: 8 << 20,
    });
    const status = await worker.run((host) => {
      const sink = host.create("opfs:/full.bin");
      let status = 0;
      for (let at = 0; status === 0 && at < 64; at++) {
        status = sink.write(at << 20, new Uint8Array(1 << 20));
      }
      sink.close();
      return { status, log: host.log.join() };
    });
    assert.equal(status.status, -14);
    assert.match(status.log, /gives this page no more space|takes no more/);
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    assert.equal(await put(worker, "after.txt", "room again"), 0);
    assert.equal(await get(worker, "after.txt"), "room again");
    assert.equal(await get(worker, "full.bin"), -6);
  }));
