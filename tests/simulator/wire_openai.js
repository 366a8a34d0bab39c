// @ts-check
// OpenAI's wire (and Groq's): chat completions with structured output, images, speech.
import { coded, picture, speech, wav } from "./media.js";
import { write } from "./writer.js";

/** US dollars: of a million tokens in and out, of a picture, of a million characters of speech. */
const PRICES = { in: 0.15, out: 0.6, image: 0.04, speech: 15 };

/** @typedef {import("./exchange.js").Exchange} Exchange */
/** @typedef {import("./simulator.js").Simulator} Simulator */

/**
 * @param {Exchange} exchange
 * @param {number} status
 * @param {string} message
 * @param {{type?: string, code?: string | null, param?: string | null}} [more]
 */
function refuse(exchange, status, message, more = {}) {
  const { type = "invalid_request_error", code = null, param = null } = more;
  exchange.answer(status, { error: { message, type, param, code } });
}

/** @param {string} text */
function tokens(text) {
  return Math.max(1, Math.ceil(text.length / 4));
}

/**
 * @param {Simulator} simulator
 * @param {string} id
 * @param {number} units
 * @param {any} body
 * @param {string} unit
 * @param {number} price
 * @param {string} wire
 */
function bill(simulator, id, units, body, unit, price, wire) {
  return simulator.bill.add(
    { id, wire, model: String(body.model), unit, units, price },
    body,
  );
}

/**
 * The words of a conversation, whether they came as text or in parts.
 * @param {any[]} messages
 */
function wordsOf(messages) {
  const text = (/** @type {any} */ content) =>
    typeof content === "string" ? content : JSON.stringify(content ?? "");
  return messages.map((message) => text(message.content)).join("\n");
}

/**
 * @param {any} body
 * @returns {[string, string] | null} what is wrong, and where
 */
function faultOfChat(body) {
  if (!body || typeof body !== "object")
    return ["The body is not JSON.", "body"];
  if (typeof body.model !== "string")
    return ["you must provide a model parameter", "model"];
  if (!Array.isArray(body.messages) || body.messages.length === 0)
    return ["'messages' must be a non-empty array.", "messages"];
  const format = body.response_format;
  if (format?.type === "json_object" && !/json/i.test(wordsOf(body.messages)))
    return ["'messages' must contain the word 'json'.", "messages"];
  if (format?.type !== "json_schema") return null;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(format.json_schema?.name ?? ""))
    return [
      "Invalid 'response_format.json_schema.name'.",
      "response_format.json_schema.name",
    ];
  if (format.json_schema.strict !== true) return null;
  const wrong = faultOfStrict(format.json_schema.schema, "schema");
  return wrong ? [wrong, "response_format"] : null;
}

/**
 * Strict schemas name all their members as required and allow no others.
 * @param {any} schema
 * @param {string} place
 * @returns {string | null}
 */
function faultOfStrict(schema, place) {
  if (!schema || typeof schema !== "object") return null;
  if (schema.type === "object") {
    if (schema.additionalProperties !== false)
      return `Invalid schema: ${place}: 'additionalProperties' is required to be supplied and to be false.`;
    const missing = Object.keys(schema.properties ?? {}).filter(
      (key) => !(schema.required ?? []).includes(key),
    );
    if (missing.length)
      return `Invalid schema: ${place}: 'required' lacks '${missing[0]}'.`;
  }
  const parts = [...Object.entries(schema.properties ?? {})];
  if (schema.items) parts.push(["items", schema.items]);
  for (const [key, part] of parts) {
    const wrong = faultOfStrict(part, `${place}.${key}`);
    if (wrong) return wrong;
  }
  return null;
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} wire
 */
async function chat(simulator, exchange, wire) {
  const body = exchange.json();
  const wrong = faultOfChat(body);
  if (wrong) return refuse(exchange, 400, wrong[0], { param: wrong[1] });
  const asked = wordsOf(body.messages);
  const odd = simulator.faults.strike(wire, "text", [
    "blocked",
    "prose",
    "length",
    "failed",
  ])?.fault;
  const schema = body.response_format?.json_schema?.schema;
  const whole = schema
    ? JSON.stringify(write(schema, asked))
    : "A plain answer.";
  let content =
    odd === "prose"
      ? `Of course! Here it is:\n\`\`\`json\n${whole}\n\`\`\``
      : whole;
  if (odd === "length") content = whole.slice(0, whole.length >> 1);
  if (odd === "failed") content = '{"scenes": []}';
  const usage = {
    prompt_tokens: tokens(asked),
    completion_tokens: tokens(content),
  };
  const id = `chatcmpl-${simulator.name()}`;
  const price =
    (usage.prompt_tokens * PRICES.in + usage.completion_tokens * PRICES.out) /
    1e6;
  bill(simulator, id, 1, body, "answer", price, wire);
  await simulator.pause();
  exchange.answer(200, {
    id,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [
      {
        index: 0,
        finish_reason:
          odd === "length"
            ? "length"
            : odd === "blocked"
              ? "content_filter"
              : "stop",
        logprobs: null,
        message: {
          role: "assistant",
          content: odd === "blocked" ? null : content,
          refusal:
            odd === "blocked" ? "I'm sorry, I can't help with that." : null,
          annotations: [],
        },
      },
    ],
    usage: {
      ...usage,
      total_tokens: usage.prompt_tokens + usage.completion_tokens,
    },
    service_tier: "default",
  });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} wire
 */
async function images(simulator, exchange, wire) {
  const body = exchange.json();
  if (typeof body?.prompt !== "string" || !body.prompt)
    return refuse(exchange, 400, "Missing required parameter: 'prompt'.", {
      param: "prompt",
    });
  if (simulator.faults.strike(wire, "image", ["blocked"]))
    return refuse(
      exchange,
      400,
      "Your request was rejected by the safety system.",
      {
        type: "image_generation_user_error",
        code: "moderation_blocked",
      },
    );
  const size = /^(\d+)x(\d+)$/.exec(body.size ?? "1024x1024");
  if (!size)
    return refuse(exchange, 400, `Invalid size '${body.size}'.`, {
      param: "size",
    });
  bill(
    simulator,
    `img-${simulator.name()}`,
    body.n ?? 1,
    body,
    "image",
    PRICES.image,
    wire,
  );
  await simulator.pause();
  const [width, height] = simulator.size(Number(size[1]), Number(size[2]));
  const data = [];
  for (let i = 0; i < (body.n ?? 1); i++)
    data.push({
      b64_json: (await picture(`${body.prompt} ${i}`, width, height)).toString(
        "base64",
      ),
    });
  exchange.answer(200, { created: Math.floor(Date.now() / 1000), data });
}

/** @type {Record<string, string>} */
const SOUND_TYPES = {
  mp3: "audio/mpeg",
  opus: "audio/ogg",
  aac: "audio/aac",
  flac: "audio/flac",
  wav: "audio/wav",
};

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} wire
 */
async function speak(simulator, exchange, wire) {
  const body = exchange.json();
  const input = body?.input;
  if (typeof input !== "string" || !input || input.length > 4096)
    return refuse(exchange, 400, "'input' must be from 1 to 4096 characters.", {
      param: "input",
    });
  if (typeof body.voice !== "string")
    return refuse(exchange, 400, "Missing required parameter: 'voice'.", {
      param: "voice",
    });
  const id = `speech-${simulator.name()}`;
  bill(
    simulator,
    id,
    input.length,
    body,
    "character",
    PRICES.speech / 1e6,
    wire,
  );
  await simulator.pause();
  const format = body.response_format ?? "mp3";
  const sound = wav(speech(input, 24000, body.speed ?? 1), 24000);
  if (format === "pcm")
    return exchange.send(200, sound.subarray(44), {
      "content-type": "audio/pcm",
    });
  const type = SOUND_TYPES[format];
  if (!type)
    return refuse(exchange, 400, `Invalid format '${format}'.`, {
      param: "response_format",
    });
  const bytes = await coded(sound, /** @type {"mp3"} */ (format));
  exchange.send(200, bytes, { "content-type": type });
}

/** @type {Record<string, (simulator: Simulator, exchange: Exchange, wire: string) => Promise<void>>} */
const ROUTES = {
  "POST chat/completions": chat,
  "POST images/generations": images,
  "POST audio/speech": speak,
};
/** @type {Record<string, string>} */
const ROUTE_NAMES = {
  "chat/completions": "text",
  "images/generations": "image",
  "audio/speech": "speech",
};

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} wire "openai" or "groq"
 */
export async function answerOpenai(simulator, exchange, wire) {
  const path = exchange.parts.join("/").replace(/^(openai\/)?v1\//, "");
  const route = ROUTES[`${exchange.method} ${path}`];
  if (!route)
    return refuse(
      exchange,
      404,
      `Unknown request URL: ${exchange.method} /${path}.`,
    );
  if (!exchange.key)
    return refuse(exchange, 401, "You didn't provide an API key.", {
      code: "invalid_api_key",
    });
  const struck = simulator.refusal(exchange, wire, ROUTE_NAMES[path] ?? path);
  if (struck?.fault === "429")
    return exchange.answer(
      429,
      {
        error: {
          message: "Rate limit reached.",
          type: "requests",
          param: null,
          code: "rate_limit_exceeded",
        },
      },
      { "retry-after": String(struck.retry_after ?? 1) },
    );
  if (struck?.fault === "401")
    return refuse(
      exchange,
      401,
      `Incorrect API key provided: ${exchange.key}.`,
      { code: "invalid_api_key" },
    );
  if (struck?.fault === "402")
    return refuse(
      exchange,
      429,
      "You exceeded your current quota, please check your plan.",
      {
        type: "insufficient_quota",
        code: "insufficient_quota",
      },
    );
  if (struck)
    return refuse(exchange, Number(struck.fault), "The server had an error.", {
      type: "server_error",
    });
  await route(simulator, exchange, wire);
}
