// @ts-check
// Google: Lyria by predict (at once), Veo by long-running operations.
import { film, music, wav } from "./media.js";

/** US dollars of a piece of music, and of a second of film. */
const PRICES = { piece: 0.06, second: 0.4 };
/** @type {Record<string, [number, number]>} */
const SIZES = { "720p": [1280, 720], "1080p": [1920, 1080] };

/** @typedef {import("./exchange.js").Exchange} Exchange */
/** @typedef {import("./simulator.js").Simulator} Simulator */

/**
 * @param {Exchange} exchange
 * @param {number} code
 * @param {string} status
 * @param {string} message
 * @param {object[]} [details]
 */
function refuse(exchange, code, status, message, details = []) {
  exchange.answer(code, { error: { code, message, status, details } });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} model
 */
async function compose(simulator, exchange, model) {
  const body = exchange.json();
  const prompt = body?.instances?.[0]?.prompt;
  if (typeof prompt !== "string" || !prompt)
    return refuse(exchange, 400, "INVALID_ARGUMENT", "Text prompt is missing.");
  if (simulator.faults.strike("google", "music", ["blocked"]))
    return refuse(
      exchange,
      400,
      "INVALID_ARGUMENT",
      "Music generation failed: recitation check.",
    );
  simulator.bill.add(
    {
      id: simulator.name(),
      wire: "google",
      model,
      unit: "piece",
      units: 1,
      price: PRICES.piece,
    },
    body,
  );
  await simulator.pause();
  const bytes = wav(music(prompt, 30, 48000), 48000, 2).toString("base64");
  exchange.answer(200, {
    predictions: [{ bytesBase64Encoded: bytes, mimeType: "audio/wav" }],
    model,
    modelDisplayName: model,
  });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} model
 */
function start(simulator, exchange, model) {
  const body = exchange.json();
  const instance = body?.instances?.[0];
  if (!instance?.prompt && !instance?.image)
    return refuse(
      exchange,
      400,
      "INVALID_ARGUMENT",
      "A prompt or an image is needed.",
    );
  const seconds = body.parameters?.durationSeconds ?? 8;
  if (![4, 6, 8].includes(seconds))
    return refuse(
      exchange,
      400,
      "INVALID_ARGUMENT",
      "durationSeconds must be 4, 6 or 8.",
    );
  const odd = simulator.faults.strike("google", "film", [
    "blocked",
    "failed",
  ])?.fault;
  const name = `models/${model}/operations/${simulator.name()}`;
  if (!odd)
    simulator.bill.add(
      {
        id: name,
        wire: "google",
        model,
        unit: "second",
        units: seconds,
        price: PRICES.second,
      },
      body,
    );
  simulator.kept.set(name, {
    instance,
    seconds,
    body,
    odd,
    ready: Date.now() + simulator.latencyMs,
  });
  exchange.answer(200, { name });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} name
 */
function poll(simulator, exchange, name) {
  const job = simulator.kept.get(name);
  if (!job) return refuse(exchange, 404, "NOT_FOUND", "Operation not found.");
  if (Date.now() < job.ready) return exchange.answer(200, { name });
  if (job.odd === "failed")
    return exchange.answer(200, {
      name,
      done: true,
      error: { code: 13, message: "Internal error." },
    });
  const reply =
    job.odd === "blocked"
      ? {
          raiMediaFilteredCount: 1,
          raiMediaFilteredReasons: ["The prompt violates a policy."],
        }
      : {
          generatedSamples: [
            {
              video: {
                uri: `${exchange.origin}/google/v1beta/files/${encodeURIComponent(name)}:download?alt=media`,
              },
            },
          ],
        };
  exchange.answer(200, {
    name,
    done: true,
    response: { generateVideoResponse: reply },
  });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} name
 */
async function download(simulator, exchange, name) {
  const job = simulator.kept.get(name);
  if (!job || simulator.faults.strike("google", "output", ["expired"]))
    return refuse(exchange, 404, "NOT_FOUND", "The file is gone.");
  const size = SIZES[job.body.parameters?.resolution ?? "720p"] ?? [1280, 720];
  const wide = job.body.parameters?.aspectRatio !== "9:16";
  const [width, height] = simulator.size(
    ...(wide ? size : /** @type {[number, number]} */ ([size[1], size[0]])),
  );
  const still = job.instance.image?.bytesBase64Encoded;
  const bytes = await film(
    job.instance.prompt ?? "",
    job.seconds,
    { width, height, rate: 24 },
    still ? Buffer.from(still, "base64") : null,
  );
  exchange.send(200, bytes, { "content-type": "video/mp4" });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 */
export async function answerGoogle(simulator, exchange) {
  const path = exchange.parts.join("/");
  const action = /models\/([^/:]+):(predict|predictLongRunning)$/.exec(path);
  const operation = /(models\/[^/]+\/operations\/[^/]+)$/.exec(path);
  const file = /files\/(.+):download$/.exec(path);
  const route =
    action?.[2] === "predict"
      ? "music"
      : action
        ? "film"
        : file
          ? "output"
          : "get";
  if (!exchange.key)
    return refuse(exchange, 403, "PERMISSION_DENIED", "There is no API key.");
  const struck = simulator.refusal(exchange, "google", route);
  if (struck?.fault === "429")
    return refuse(
      exchange,
      429,
      "RESOURCE_EXHAUSTED",
      "You exceeded your current quota.",
      [
        {
          "@type": "type.googleapis.com/google.rpc.RetryInfo",
          retryDelay: `${struck.retry_after ?? 1}s`,
        },
      ],
    );
  if (struck?.fault === "401")
    return refuse(exchange, 400, "INVALID_ARGUMENT", "API key not valid.");
  if (struck?.fault === "402")
    return refuse(
      exchange,
      403,
      "FAILED_PRECONDITION",
      "Billing is not enabled.",
    );
  if (struck)
    return refuse(
      exchange,
      Number(struck.fault),
      "INTERNAL",
      "Internal error.",
    );
  if (action?.[2] === "predict")
    return compose(simulator, exchange, action[1] ?? "");
  if (action) return start(simulator, exchange, action[1] ?? "");
  if (file) return download(simulator, exchange, file[1] ?? "");
  if (operation) return poll(simulator, exchange, operation[1] ?? "");
  refuse(exchange, 404, "NOT_FOUND", "There is no such method.");
}
