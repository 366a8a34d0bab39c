// Makes the module and runs what a test sends: the source of an async function of (host, argument).
let host;

onmessage = async ({ data: { id, source, argument } }) => {
  try {
    const body = (0, eval)(`(${source})`);
    const value = await body(host, argument);
    const ports = [value?.port, value?.control].filter(Boolean);
    postMessage({ id, value }, ports);
  } catch (error) {
    postMessage({ id, error: String(error?.stack ?? error) });
  }
};

/** Of a terminated text. */
const text = (module, pointer) => module.UTF8ToString(pointer);

class Source {
  constructor(module, pointer) {
    this.module = module;
    this.pointer = pointer;
    this.size = module._test_source_size(pointer);
    this.name = text(module, module._test_source_name(pointer));
  }

  /** The bytes, or a status below 0. */
  read(offset, size, call = "_test_source_read") {
    const memory = this.module._malloc(size);
    const got = this.module[call](this.pointer, offset, memory, size);
    const bytes =
      got < 0 ? got : this.module.HEAPU8.slice(memory, memory + got);
    this.module._free(memory);
    return bytes;
  }

  readOnThreads(offset, size) {
    return this.read(offset, size, "_test_source_read_on_threads");
  }

  /** All that is asked for, in as many reads as it takes. */
  readFully(offset, size) {
    const all = new Uint8Array(size);
    for (let done = 0; done < size;) {
      const piece = this.read(offset + done, size - done);
      if (typeof piece === "number") return piece;
      if (piece.length === 0) return all.subarray(0, done);
      all.set(piece, done);
      done += piece.length;
    }
    return all;
  }

  close() {
    this.module._test_source_close(this.pointer);
  }
}

class Sink {
  constructor(module, pointer) {
    this.module = module;
    this.pointer = pointer;
  }

  /** A status. */
  write(offset, bytes) {
    const memory = this.module._malloc(bytes.length);
    this.module.HEAPU8.set(bytes, memory);
    const status = this.module._test_sink_write(
      this.pointer,
      offset,
      memory,
      bytes.length,
    );
    this.module._free(memory);
    return status;
  }

  commit() {
    return this.module._test_sink_commit(this.pointer);
  }

  close() {
    this.module._test_sink_close(this.pointer);
  }
}

class Host {
  constructor(module, log) {
    this.module = module;
    this.log = log;
  }

  /** A Source, or {status, text} of why not. */
  open(uri) {
    const name = this.module.stringToNewUTF8(uri);
    const pointer = this.module._test_source_open(name);
    this.module._free(name);
    return pointer ? new Source(this.module, pointer) : this.fault();
  }

  create(uri) {
    const name = this.module.stringToNewUTF8(uri);
    const pointer = this.module._test_sink_open(name);
    this.module._free(name);
    return pointer ? new Sink(this.module, pointer) : this.fault();
  }

  fault() {
    return {
      status: this.module._test_fault_status(),
      text: text(this.module, this.module._test_fault()),
    };
  }

  /** Begins, writes and commits. */
  put(uri, bytes) {
    const sink = this.create(uri);
    if (!(sink instanceof Sink)) return sink.status;
    const status = sink.write(0, bytes) || sink.commit();
    sink.close();
    return status;
  }

  /** What does not hold of the contract for files that begin with [prefix], by case. */
  async contract(prefix, hasFolders) {
    const module = this.module;
    const memory = module.stringToNewUTF8(prefix);
    const results = {};
    for (let i = 0; i < module._test_case_count(); i++) {
      const name = text(module, module._test_case_name(i));
      results[name] = text(
        module,
        module._test_case_run(i, memory, hasFolders ? 1 : 0),
      );
      await module.crOpfs.settled();
    }
    module._free(memory);
    return results;
  }
}

/** Makes the module of [build]; called by every test first. */
globalThis.start = async ({
  build,
  isStored = true,
  threads = 0,
  http = {},
  options = {},
}) => {
  const log = [];
  const { default: create } = await import(build);
  const module = await create({
    printErr: (line) => log.push(line),
    ...options,
  });
  module.crLog = (level, line) => log.push(line);
  module.crHttp.configure(http);
  if (isStored) await module.crOpfs.start();
  const status = module._test_open(threads);
  if (status !== 0) throw new Error(`The host does not open: ${status}.`);
  host = new Host(module, log);
  return module._test_thread_count();
};
