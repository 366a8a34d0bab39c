// @ts-check
// What the simulator says is what the services' own published specifications say: every exchange here is
// checked against them, request and answer. They are not ours to ship: CUTROOM_SPECS names a folder that holds
// replicate-openapi.json, openai-openapi.json and an elevenlabs-openapi*.json; without it this is skipped.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Simulator } from "../simulator.js";

const FOLDER = process.env.CUTROOM_SPECS ?? "";
const skip = existsSync(FOLDER) ? false : "CUTROOM_SPECS names no folder";
const KEYS = { authorization: "Bearer key", "xi-api-key": "key" };

const simulator = new Simulator({ latencyMs: 20, shrink: 8 });
let url = "";
before(async () => {
  url = await simulator.open();
});
after(() => simulator.close());

/**
 * OpenAPI 3.0 says "nullable" where JSON Schema has a type.
 * @param {any} value
 * @returns {any}
 */
function asJsonSchema(value) {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (!value || typeof value !== "object") return value;
  /** @type {Record<string, any>} */
  const out = {};
  for (const [key, member] of Object.entries(value))
    out[key] = asJsonSchema(member);
  if (typeof out.exclusiveMinimum === "boolean") delete out.exclusiveMinimum;
  if (typeof out.exclusiveMaximum === "boolean") delete out.exclusiveMaximum;
  // "hidden" is a string too: a choice among strings cannot be exclusive, though it is written so.
  if (out.oneOf?.every((/** @type {any} */ one) => one.type === "string")) {
    out.anyOf = out.oneOf;
    delete out.oneOf;
  }
  if (out.nullable !== true) return out;
  delete out.nullable;
  return { anyOf: [out, { type: "null" }] };
}

class Spec {
  /** @param {string} start of the file's name */
  constructor(start) {
    const name =
      readdirSync(FOLDER).find((file) => file.startsWith(start)) ?? "";
    this.tree = asJsonSchema(
      JSON.parse(readFileSync(join(FOLDER, name), "utf8")),
    );
    this.ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      validateFormats: false,
    });
    this.ajv.addSchema({ $id: "spec:", ...this.tree });
  }

  /**
   * @param {string} path as the specification writes it
   * @param {string} method
   */
  operation(path, method) {
    const operation = this.tree.paths[path]?.[method.toLowerCase()];
    assert.ok(operation, `the specification has no ${method} ${path}`);
    return operation;
  }

  /**
   * @param {string[]} place of a schema in the tree
   * @param {unknown} value
   * @param {string} what
   */
  check(place, value, what) {
    const escaped = place.map((part) =>
      part.replaceAll("~", "~0").replaceAll("/", "~1"),
    );
    const pointer = escaped.map(encodeURIComponent).join("/");
    const validate = this.ajv.compile({ $ref: `spec:#/${pointer}` });
    assert.ok(
      validate(value),
      `${what}: ${this.ajv.errorsText(validate.errors)}`,
    );
  }
}

/**
 * Asks the simulator and checks both ways.
 * @param {Spec} spec
 * @param {string} wire
 * @param {{method: string, path: string, at: string, body?: unknown, headers?: Record<string, string>}} ask
 */
async function exchange(spec, wire, ask) {
  const method = ask.method.toLowerCase();
  const operation = spec.operation(ask.path, method);
  const json = "application/json";
  if (ask.body !== undefined)
    spec.check(
      ["paths", ask.path, method, "requestBody", "content", json, "schema"],
      ask.body,
      `to ${ask.at}`,
    );
  const answer = await fetch(`${url}/${wire}${ask.at}`, {
    method: ask.method,
    headers: { ...KEYS, "content-type": json, ...ask.headers },
    body: ask.body === undefined ? undefined : JSON.stringify(ask.body),
  });
  const value = /** @type {any} */ (await answer.json());
  const status = String(answer.status);
  assert.ok(
    operation.responses[status],
    `${ask.at} answers ${status}, which the specification does not know`,
  );
  if (operation.responses[status].content?.[json])
    spec.check(
      [
        "paths",
        ask.path,
        method,
        "responses",
        status,
        "content",
        json,
        "schema",
      ],
      value,
      `from ${ask.at}`,
    );
  return value;
}

test("replicate", { skip }, async () => {
  const spec = new Spec("replicate-openapi");
  const ask = (/** @type {Parameters<typeof exchange>[2]} */ what) =>
    exchange(spec, "replicate/v1", what);
  const made = await ask({
    method: "POST",
    path: "/models/{model_owner}/{model_name}/predictions",
    at: "/models/black-forest-labs/flux-schnell/predictions",
    body: { input: { prompt: "a cat", aspect_ratio: "16:9" } },
    headers: { "cancel-after": "5m" },
  });
  await ask({
    method: "POST",
    path: "/models/{model_owner}/{model_name}/predictions",
    at: "/models/google/lyria-2/predictions",
    body: {
      input: { prompt: "calm" },
      webhook: "https://example.com/hook",
      webhook_events_filter: ["completed"],
    },
    headers: { prefer: "wait=5" },
  });
  const model = await ask({
    method: "GET",
    path: "/models/{model_owner}/{model_name}",
    at: "/models/meta/musicgen",
  });
  await ask({
    method: "POST",
    path: "/predictions",
    at: "/predictions",
    body: { version: model.latest_version.id, input: { prompt: "calm" } },
  });
  await ask({
    method: "GET",
    path: "/predictions/{prediction_id}",
    at: `/predictions/${made.id}`,
  });
  await ask({
    method: "POST",
    path: "/predictions/{prediction_id}/cancel",
    at: `/predictions/${made.id}/cancel`,
  });
  await ask({
    method: "GET",
    path: "/predictions",
    at: "/predictions?created_after=2020-01-01T00:00:00Z",
  });
  await ask({ method: "GET", path: "/files", at: "/files" });
  await ask({
    method: "GET",
    path: "/webhooks/default/secret",
    at: "/webhooks/default/secret",
  });
  await ask({ method: "GET", path: "/account", at: "/account" });
});

test("openai", { skip }, async () => {
  const spec = new Spec("openai-openapi");
  const messages = [{ role: "user", content: "A film, as JSON" }];
  const schema = {
    type: "object",
    additionalProperties: false,
    required: ["title"],
    properties: { title: { type: "string" } },
  };
  for (const response_format of [
    {
      type: "json_schema",
      json_schema: { name: "script", strict: true, schema },
    },
    { type: "json_object" },
  ])
    await exchange(spec, "openai/v1", {
      method: "POST",
      path: "/chat/completions",
      at: "/chat/completions",
      body: { model: "gpt-5-mini", messages, response_format },
    });
  await exchange(spec, "openai/v1", {
    method: "POST",
    path: "/images/generations",
    at: "/images/generations",
    body: { model: "gpt-image-1", prompt: "a cat", size: "1024x1024" },
  });
});

test("elevenlabs", { skip }, async () => {
  const spec = new Spec("elevenlabs-openapi");
  await exchange(spec, "elevenlabs", {
    method: "POST",
    path: "/v1/text-to-speech/{voice_id}/with-timestamps",
    at: "/v1/text-to-speech/21m00Tcm4TlvDq8ikWAM/with-timestamps?output_format=pcm_24000",
    body: {
      text: "Hello there.",
      model_id: "eleven_multilingual_v2",
      voice_settings: { stability: 0.5, similarity_boost: 0.75, speed: 1 },
      seed: 1,
    },
  });
  await exchange(spec, "elevenlabs", {
    method: "GET",
    path: "/v1/history",
    at: "/v1/history?page_size=10",
  });
});

test("what the broker sends", { skip }, async () => {
  // The bodies that the C program's ledger keeps are checked as they went out; see tests/flow.
  const kept = process.env.CUTROOM_CALLS;
  if (!kept || !existsSync(kept)) return;
  const replicate = new Spec("replicate-openapi");
  const openai = new Spec("openai-openapi");
  const elevenlabs = new Spec("elevenlabs-openapi");
  /** @type {[string, Spec, string][]} */
  const wires = [
    ["openai", openai, "/chat/completions"],
    ["replicate", replicate, "/models/{model_owner}/{model_name}/predictions"],
    ["elevenlabs", elevenlabs, "/v1/text-to-speech/{voice_id}/with-timestamps"],
  ];
  for (const call of JSON.parse(readFileSync(kept, "utf8"))) {
    const wire = wires.find(([name]) => call.provider.startsWith(name));
    if (!wire) continue;
    const place = [
      "paths",
      wire[2],
      "post",
      "requestBody",
      "content",
      "application/json",
      "schema",
    ];
    wire[1].check(
      place,
      JSON.parse(call.request),
      `${call.provider}, call ${call.id}`,
    );
  }
});
