// Files of the user's machine and in memory: streamed, at offsets beyond 4 GiB, and refused with a
// sentence when they are gone.
import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "./page.js";

test("files of the machine and of memory", async (t) => {
  const page = await openPage();
  try {
    const worker = await page.worker();

    await t.test(
      "a file is read in pieces, in any order, by any thread",
      async () => {
        const seen = await worker.run((host) => {
          const bytes = Uint8Array.from(
            { length: 3 << 20 },
            (_, i) => (i * 7) >> 4,
          );
          const uri = host.module.crFiles.add(new File([bytes], "a film.mp4"));
          const source = host.open(uri);
          const same = [0, 1048570, 2097152, 3145700].map((at) => {
            const got = source.readFully(at, 30000);
            return got.every((byte, i) => byte === bytes[at + i]);
          });
          const threads = source.readOnThreads(5, 10).length;
          source.close();
          return { name: source.name, size: source.size, same, threads };
        });
        assert.deepEqual(seen, {
          name: "a film.mp4",
          size: 3 << 20,
          same: [true, true, true, true],
          threads: 10,
        });
      },
    );

    await t.test("offsets beyond 4 GiB are exact", async () => {
      const seen = await worker.run((host) => {
        // A file of 6 GiB that takes 64 MiB: a Blob holds its parts by reference.
        const zeros = new Blob([new Uint8Array(64 << 20)]);
        const mark = new TextEncoder().encode("here!");
        const parts = [
          ...Array(70).fill(zeros),
          mark,
          ...Array(26).fill(zeros),
        ];
        const source = host.open(
          host.module.crFiles.add(new Blob(parts), "large.mov"),
        );
        const at = 70 * (64 << 20);
        const text = new TextDecoder().decode(source.readFully(at - 2, 9));
        const end = source.read(source.size - 3, 100).length;
        source.close();
        return { size: source.size, text, end };
      });
      assert.deepEqual(seen, {
        size: 96 * 2 ** 26 + 5,
        text: "\0\0here!\0\0",
        end: 3,
      });
    });

    await t.test("a folder of files is read by their paths", async () => {
      const seen = await worker.run((host) => {
        const files = new Map([
          ["media/a.txt", new Blob(["first"])],
          ["b.txt", new Blob(["second"])],
        ]);
        const folder = host.module.crFiles.addFolder(files);
        const source = host.open(`${folder}/media/a.txt`);
        const text = new TextDecoder().decode(source.readFully(0, 9));
        source.close();
        host.module.crFiles.removeFolder(folder);
        return { text, gone: host.open(`${folder}/media/a.txt`) };
      });
      assert.equal(seen.text, "first");
      assert.equal(seen.gone.status, -6);
      assert.match(seen.gone.text, /No such file/);
    });

    await t.test(
      "what no scheme stands for is refused with a sentence",
      async () => {
        const seen = await worker.run((host) => [
          host.open("/etc/passwd"),
          host.create("file:1/x"),
          host.create("opfs:/../x"),
        ]);
        assert.deepEqual(
          seen.map((fault) => fault.status),
          [-6, -3, -3],
        );
        for (const fault of seen)
          assert.match(fault.text, /^cannot be (opened|written): .{20}/);
      },
    );

    await t.test("what was written to memory is taken out once", async () => {
      const seen = await worker.run((host) => {
        host.put("memory:out.bin", Uint8Array.of(1, 2, 3));
        const taken = host.module.crMemory.take("out.bin");
        return {
          taken: [...taken],
          again: host.module.crMemory.take("out.bin"),
        };
      });
      assert.deepEqual(seen, { taken: [1, 2, 3], again: null });
    });
  } finally {
    await page.close();
  }
});
