// Runs codecs_loop in a worker: one message {build, file, mode, codec, bitRate, quality}, one answer.
onmessage = async ({ data }) => {
  try {
    postMessage(await run(data));
  } catch (error) {
    postMessage({ status: "error", text: String(error?.stack ?? error) });
  }
};

/** Steps until the loop ends; between steps the browser's callbacks are served. */
function finish(module) {
  return new Promise((resolve) => {
    let isAsked = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      isAsked = false;
      const status = module._loop_step();
      if (status === -1) return;
      port1.close();
      resolve(status);
    };
    const ask = () => {
      if (isAsked) return;
      isAsked = true;
      port2.postMessage(0);
    };
    module.crCodecs.onMoved(ask);
    ask();
  });
}

/** What a muxer must know, or null before there is any. */
function extradataOf(module) {
  const out = module._malloc(8);
  if (module._loop_extradata(out, out + 4) !== 0) return null;
  const [data, size] = new Uint32Array(module.HEAPU8.buffer, out, 2);
  return Array.from(module.HEAPU8.slice(data, data + size));
}

async function run({ build, file, mode, codec, bitRate, quality }) {
  const { default: create } = await import(build);
  const log = [];
  const module = await create({ printErr: (line) => log.push(line) });
  if (mode === 0) return { support: await module.crCodecs.support() };
  const bytes = new Uint8Array(await (await fetch(file)).arrayBuffer());
  const memory = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, memory);
  const name = module.stringToNewUTF8(codec ?? "h264");
  const begin = performance.now();
  let status = module._loop_begin(
    memory,
    mode,
    name,
    bitRate ?? 0,
    quality ?? 0,
  );
  if (status === 0) status = await finish(module);
  const seconds = (performance.now() - begin) / 1000;
  const report = JSON.parse(module.UTF8ToString(module._loop_report()));
  const start = module._loop_output();
  const output = start
    ? module.HEAPU8.slice(start, start + report.bytes)
    : null;
  const extradata = extradataOf(module);
  module._loop_end();
  return { status, seconds, log, output, extradata, ...report };
}
