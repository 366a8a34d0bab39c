// @ts-check
// Replicate: predictions by model and by version, waiting, cancelling, files, webhooks, and the outputs'
// own addresses.
import { createHash } from "node:crypto";
import { HARMS } from "./faults.js";
import { faultsOf, MODELS, schemaOf, versionOf } from "./replicate_models.js";
import { makeOutput, unitsOf } from "./replicate_output.js";
import { deliver, makeSecret } from "./webhooks.js";

const LIST_MAX = 100;
const FILE_BYTES_MAX = 100 * 1000 * 1000;
const TERMINAL = ["succeeded", "failed", "canceled", "aborted"];

/** @typedef {import("./exchange.js").Exchange} Exchange */
/** @typedef {import("./simulator.js").Simulator} Simulator */

/**
 * @param {Exchange} exchange
 * @param {number} status
 * @param {string} detail
 * @param {object} [more]
 * @param {Record<string, string>} [headers]
 */
function refuse(exchange, status, detail, more = {}, headers = {}) {
  const type = { "content-type": "application/problem+json" };
  exchange.answer(status, { detail, status, ...more }, { ...type, ...headers });
}

/** @param {string} text "30s", "5m", "1h30m45s", "30" @returns {number | null} seconds */
function secondsOf(text) {
  if (/^\d+$/.test(text)) return Number(text);
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (!text || !match) return null;
  return (
    Number(match[1] ?? 0) * 3600 +
    Number(match[2] ?? 0) * 60 +
    Number(match[3] ?? 0)
  );
}

/** What the simulator keeps of this wire. */
export class Replicate {
  /** @param {Simulator} simulator */
  constructor(simulator) {
    this.simulator = simulator;
    this.secret = makeSecret();
    /** @type {Map<string, any>} */
    this.jobs = new Map();
    /** @type {Map<string, {bytes: Buffer, type: string, name: string, at: string}>} */
    this.files = new Map();
    /** @type {Set<NodeJS.Timeout>} */
    this.timers = new Set();
  }

  close() {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Predictions that have not ended. */
  running() {
    return [...this.jobs.values()].filter(
      (job) => !TERMINAL.includes(job.prediction.status),
    ).length;
  }

  /** @param {number} ms @param {() => void} what */
  later(ms, what) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      what();
    }, ms);
    this.timers.add(timer);
  }

  /**
   * The bytes that an input names: a data address, one of our own files, or an output.
   * @param {unknown} address
   */
  bytesOf(address) {
    if (typeof address !== "string") return null;
    const data = /^data:[^,]*;base64,(.*)$/s.exec(address);
    if (data) return Buffer.from(data[1] ?? "", "base64");
    const file = /\/files\/([^/?]+)/.exec(address);
    return this.files.get(file?.[1] ?? "")?.bytes ?? null;
  }

  /**
   * @param {string} name of the model
   * @param {any} body
   * @param {Exchange} exchange
   * @param {string} version
   */
  create(name, body, exchange, version) {
    const model = /** @type {import("./replicate_models.js").Model} */ (
      MODELS[name]
    );
    const id = this.simulator.name();
    const base = `${exchange.origin}/replicate/v1/predictions/${id}`;
    const now = new Date();
    const limit = secondsOf(exchange.header("cancel-after"));
    const prediction = {
      id,
      model: name,
      version,
      input: body.input,
      logs: "",
      output: null,
      data_removed: false,
      error: null,
      source: "api",
      status: "starting",
      created_at: now.toISOString(),
      ...(limit
        ? { deadline: new Date(now.getTime() + limit * 1000).toISOString() }
        : {}),
      urls: {
        cancel: `${base}/cancel`,
        get: base,
        web: `https://replicate.com/p/${id}`,
      },
    };
    const sound = this.bytesOf(body.input.audio ?? body.input.audio_file);
    const entry = this.simulator.bill.add(
      {
        id,
        wire: "replicate",
        model: name,
        unit: model.unit,
        units: unitsOf(model, body.input, sound),
        price: model.price,
      },
      body.input,
    );
    const odd = this.simulator.faults.strike("replicate", "work", [
      "failed",
      "aborted",
      "blocked",
    ]);
    const job = {
      prediction,
      model,
      body,
      entry,
      origin: exchange.origin,
      odd: odd?.fault,
      waiting: /** @type {(() => void)[]} */ ([]),
    };
    this.jobs.set(id, job);
    if (limit) this.later(limit * 1000, () => this.end(job, "canceled", null));
    this.later(this.simulator.latencyMs / 3, () => this.begin(job));
    return job;
  }

  /** @param {any} job */
  begin(job) {
    const { prediction } = job;
    if (prediction.status !== "starting") return;
    if (job.odd === "aborted") return this.end(job, "aborted", null);
    prediction.status = "processing";
    prediction.started_at = new Date().toISOString();
    prediction.logs =
      " 10%|█         | 1/10 [00:00<00:01]\n 50%|█████     | 5/10 [00:00<00:01]\n";
    this.tell(job, "start");
    this.later((this.simulator.latencyMs * 2) / 3, () => this.finish(job));
  }

  /** @param {any} job */
  finish(job) {
    if (job.odd === "failed")
      return this.end(
        job,
        "failed",
        "Prediction failed: out of memory (E1001)",
      );
    if (job.odd === "blocked")
      return this.end(
        job,
        "failed",
        "NSFW content detected. Try running it again, or try a different prompt. (E005)",
      );
    const count = job.model.inList
      ? unitsOf(job.model, job.prediction.input, null)
      : 1;
    /** @type {string[]} */
    const addresses = [];
    for (let i = 0; i < count; i++)
      addresses.push(`${job.origin}/delivery/${job.prediction.id}/${i}`);
    job.prediction.output = job.model.inList ? addresses : addresses[0];
    this.end(job, "succeeded", null);
  }

  /**
   * @param {any} job
   * @param {string} status
   * @param {string | null} error
   */
  end(job, status, error) {
    const { prediction } = job;
    if (TERMINAL.includes(prediction.status)) return;
    prediction.status = status;
    prediction.error = error;
    prediction.completed_at = new Date().toISOString();
    prediction.metrics = {
      predict_time: this.simulator.latencyMs / 1000,
      total_time: this.simulator.latencyMs / 1000,
    };
    // What failed or was never begun is not paid for.
    if (status === "failed" || status === "aborted") job.entry.state = "free";
    for (const answer of job.waiting.splice(0)) answer();
    this.tell(job, "completed");
  }

  /** @param {any} job @param {string} event */
  tell(job, event) {
    const { webhook, webhook_events_filter: filter } = job.body;
    if (!webhook || (filter && !filter.includes(event))) return;
    const among = ["duplicate", "forged"];
    const fault = this.simulator.faults.strike(
      "replicate",
      "webhook",
      among,
    )?.fault;
    const how = {
      address: webhook,
      secret: this.secret,
      id: `msg_${job.prediction.id}_${event}`,
      isLast: event === "completed",
      twice: fault === "duplicate",
      forged: fault === "forged",
    };
    void deliver(how, structuredClone(job.prediction));
  }
}

/** @param {any} body @param {string[]} members */
function faultOfBody(body, members) {
  if (!body || typeof body !== "object" || Array.isArray(body))
    return "- (root): Invalid JSON\n";
  const unknown = Object.keys(body).find((key) => !members.includes(key));
  if (unknown)
    return `- (root): Additional property ${unknown} is not allowed\n`;
  if (!body.input || typeof body.input !== "object")
    return "- input is required\n";
  return null;
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string | null} named by the route
 */
async function create(simulator, exchange, named) {
  const own = simulator.replicate;
  const body = exchange.json();
  const members = ["input", "webhook", "webhook_events_filter", "stream"];
  const wrong = faultOfBody(body, named ? members : [...members, "version"]);
  if (wrong)
    return refuse(exchange, 422, wrong, { title: "Input validation failed" });
  const byVersion = Object.keys(MODELS).find((name) =>
    [versionOf(name), name, `${name}:${versionOf(name)}`].includes(
      body.version,
    ),
  );
  const name = named ?? byVersion;
  if (!name || !MODELS[name] || (named && MODELS[name]?.community)) {
    if (named)
      return refuse(
        exchange,
        404,
        "The requested resource could not be found.",
      );
    return refuse(exchange, 422, "The specified version does not exist", {
      title: "Invalid version or not permitted",
    });
  }
  const faults = faultsOf(/** @type {any} */ (MODELS[name]), body.input);
  if (faults.length) {
    const detail = faults
      .map((one) => `- ${one.field}: ${one.description}\n`)
      .join("");
    return refuse(exchange, 422, detail, {
      title: "Input validation failed",
      invalid_fields: faults,
    });
  }
  const prefer = /^wait(?:=(\d+))?$/.exec(exchange.header("prefer"));
  const job = own.create(
    name,
    body,
    exchange,
    named ? "hidden" : versionOf(name),
  );
  if (!prefer) return exchange.answer(201, job.prediction);
  await new Promise((resolve) => {
    job.waiting.push(() => resolve(undefined));
    own.later(Number(prefer[1] ?? 60) * 1000, () => resolve(undefined));
  });
  const status = TERMINAL.includes(job.prediction.status) ? 201 : 202;
  exchange.answer(status, job.prediction, { "preference-applied": "wait" });
}

/** @param {Simulator} simulator @param {Exchange} exchange */
function list(simulator, exchange) {
  const after = exchange.url.searchParams.get("created_after");
  const before = exchange.url.searchParams.get("created_before");
  const cursor = Number(exchange.url.searchParams.get("cursor") ?? 0);
  const all = [...simulator.replicate.jobs.values()]
    .map((job) => job.prediction)
    .filter((one) => !after || Date.parse(one.created_at) >= Date.parse(after))
    .filter((one) => !before || Date.parse(one.created_at) < Date.parse(before))
    .reverse();
  const next = new URL(
    exchange.url.pathname + exchange.url.search,
    exchange.origin,
  );
  next.searchParams.set("cursor", String(cursor + LIST_MAX));
  exchange.answer(200, {
    next: all.length > cursor + LIST_MAX ? next.href : null,
    previous: null,
    results: all.slice(cursor, cursor + LIST_MAX),
  });
}

/** @param {Exchange} exchange @returns {{name: string, type: string, bytes: Buffer} | null} */
function partOf(exchange) {
  const boundary = /boundary="?([^";]+)"?/.exec(
    exchange.header("content-type"),
  )?.[1];
  if (!boundary) return null;
  const text = exchange.body.toString("latin1");
  for (const part of text.split(`--${boundary}`)) {
    const split = part.indexOf("\r\n\r\n");
    const head = part.slice(0, split);
    if (split < 0 || !/name="?content"?[;\r\n]/i.test(`${head}\r\n`)) continue;
    return {
      name: /filename="([^"]*)"/i.exec(head)?.[1] ?? "file",
      type:
        /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ??
        "application/octet-stream",
      bytes: Buffer.from(part.slice(split + 4, -2), "latin1"),
    };
  }
  return null;
}

/** @param {Simulator} simulator @param {Exchange} exchange */
function files(simulator, exchange) {
  const own = simulator.replicate;
  const id = exchange.parts[2];
  const shown = (/** @type {string} */ name, /** @type {any} */ file) => ({
    id: name,
    name: file.name,
    content_type: file.type,
    size: file.bytes.length,
    etag: name,
    checksums: {
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
    },
    metadata: {},
    created_at: file.at,
    expires_at: new Date(Date.parse(file.at) + 24 * 3600 * 1000).toISOString(),
    urls: { get: `${exchange.origin}/replicate/v1/files/${name}` },
  });
  if (exchange.method === "POST") {
    const part = partOf(exchange);
    if (!part) return refuse(exchange, 400, "Missing content");
    if (part.bytes.length > FILE_BYTES_MAX)
      return refuse(exchange, 413, "The file is too large.");
    const name = simulator.name();
    own.files.set(name, { ...part, at: new Date().toISOString() });
    return exchange.answer(201, shown(name, own.files.get(name)));
  }
  if (!id)
    return exchange.answer(200, {
      next: null,
      previous: null,
      results: [...own.files].map(([name, file]) => shown(name, file)),
    });
  const file = own.files.get(id);
  if (!file)
    return refuse(exchange, 404, "The requested resource could not be found.");
  if (exchange.method === "DELETE") {
    own.files.delete(id);
    return exchange.send(204, Buffer.alloc(0), {});
  }
  exchange.answer(200, shown(id, file));
}

/** @param {Exchange} exchange */
function describe(exchange) {
  const name = `${exchange.parts[2]}/${exchange.parts[3]}`;
  const model = MODELS[name];
  if (!model)
    return refuse(exchange, 404, "The requested resource could not be found.");
  const made = "2026-01-01T00:00:00.000000Z";
  const version = {
    id: versionOf(name),
    created_at: made,
    cog_version: "0.16.8",
    openapi_schema: schemaOf(model),
  };
  exchange.answer(200, {
    url: `https://replicate.com/${name}`,
    owner: exchange.parts[2],
    name: exchange.parts[3],
    description: "A model of the simulator's",
    visibility: "public",
    github_url: "https://example.com/simulator",
    paper_url: null,
    license_url: null,
    run_count: 1,
    cover_image_url: null,
    default_example: null,
    is_official: !model.community,
    latest_version: version,
  });
}

/**
 * @param {Exchange} exchange
 * @param {import("./faults.js").Rule | {fault: string, retry_after?: number}} struck
 */
function refuseStruck(exchange, struck) {
  const wait = struck.retry_after ?? 1;
  if (struck.fault === "429")
    return refuse(
      exchange,
      429,
      `Request was throttled. Your rate limit resets in ~${wait}s.`,
      { retry_after: wait },
      { "retry-after": String(wait) },
    );
  if (struck.fault === "401")
    return refuse(
      exchange,
      401,
      "You did not pass a valid authentication token",
      { title: "Unauthenticated" },
    );
  if (struck.fault === "402")
    return refuse(
      exchange,
      402,
      "You have insufficient credit to run this model.",
      { title: "Insufficient credit" },
    );
  refuse(exchange, Number(struck.fault), "The server had an error.");
}

/** @param {Simulator} simulator @param {Exchange} exchange */
function predictions(simulator, exchange) {
  const [, , id, action] = exchange.parts;
  if (!id)
    return exchange.method === "POST"
      ? create(simulator, exchange, null)
      : list(simulator, exchange);
  const job = simulator.replicate.jobs.get(id);
  if (!job)
    return refuse(exchange, 404, "The requested resource could not be found.");
  if (action === "cancel") simulator.replicate.end(job, "canceled", null);
  exchange.answer(200, job.prediction);
}

/** @param {Exchange} exchange */
function routeOf(exchange) {
  const [, what, id, action] = exchange.parts;
  if (what === "files") return "file";
  if (what === "models")
    return exchange.parts[4] === "predictions" ? "create" : "model";
  if (what !== "predictions") return what ?? "";
  if (!id) return exchange.method === "POST" ? "create" : "list";
  return action === "cancel" ? "cancel" : "get";
}

/** @param {Simulator} simulator @param {Exchange} exchange */
export async function answerReplicate(simulator, exchange) {
  if (!exchange.key) return refuseStruck(exchange, { fault: "401" });
  const route = routeOf(exchange);
  const struck = simulator.refusal(exchange, "replicate", route);
  if (struck) return refuseStruck(exchange, struck);
  exchange.response.setHeader("ratelimit-remaining", "599");
  exchange.response.setHeader("ratelimit-reset", "1");
  const [, what, owner, name, last] = exchange.parts;
  if (what === "predictions") return predictions(simulator, exchange);
  if (what === "files") return files(simulator, exchange);
  if (what === "models" && last === "predictions" && exchange.method === "POST")
    return create(simulator, exchange, `${owner}/${name}`);
  if (what === "models" && name) return describe(exchange);
  if (exchange.parts.join("/") === "v1/webhooks/default/secret")
    return exchange.answer(200, { key: simulator.replicate.secret });
  if (what === "account")
    return exchange.answer(200, {
      type: "user",
      username: "simulator",
      name: "Simulator",
      github_url: "https://example.com/simulator",
    });
  refuse(exchange, 404, "The requested resource could not be found.");
}

/** The outputs' own addresses, public for an hour. @param {Simulator} simulator @param {Exchange} exchange */
export async function answerDelivery(simulator, exchange) {
  const job = simulator.replicate.jobs.get(exchange.parts[0] ?? "");
  if (!job || simulator.faults.strike("replicate", "output", ["expired"]))
    return exchange.answer(404, { detail: "Not Found" });
  const struck = simulator.faults.strike("replicate", "output", [
    "500",
    "502",
    "503",
    "429",
  ]);
  if (struck)
    return exchange.answer(Number(struck.fault), {}, { "retry-after": "1" });
  exchange.harm =
    simulator.faults.strike("replicate", "output", HARMS)?.fault ?? null;
  const own = simulator.replicate;
  const { input } = job.prediction;
  const still = own.bytesOf(input.image ?? input.start_image ?? null);
  const made = await makeOutput(
    job.model,
    input,
    Number(exchange.parts[1] ?? 0),
    { still, sound: own.bytesOf(input.audio ?? input.audio_file) },
    (width, height) => simulator.size(width, height),
  );
  exchange.send(200, made.bytes, { "content-type": made.type });
}
