// @ts-check
// MiniMax: speech and music. It answers 200 to everything; base_resp tells.
import { coded, music, speech, spokenTimes, wav } from "./media.js";

/** US dollars of a character of speech, and of a piece of music. */
const PRICES = { character: 0.0001, music: 0.03 };

/** @typedef {import("./exchange.js").Exchange} Exchange */
/** @typedef {import("./simulator.js").Simulator} Simulator */

/** @param {number} code @param {string} message */
function base(code, message) {
  return { base_resp: { status_code: code, status_msg: message } };
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {any} body
 */
async function speak(simulator, exchange, body) {
  const voice = body.voice_setting ?? {};
  if (typeof body.text !== "string" || !body.text || body.text.length > 10000)
    return exchange.answer(200, base(2013, "invalid params: text"));
  if (!voice.voice_id)
    return exchange.answer(200, base(20132, "invalid voice_id"));
  const units = body.text.length;
  const id = simulator.name();
  const entry = {
    id,
    wire: "minimax",
    model: body.model,
    unit: "character",
    units,
    price: PRICES.character,
  };
  simulator.bill.add(entry, body);
  await simulator.pause();
  const rate = body.audio_setting?.sample_rate ?? 32000;
  const format = body.audio_setting?.format ?? "mp3";
  const whole = wav(speech(body.text, rate, voice.speed ?? 1), rate);
  const bytes = await coded(whole, format);
  const milliseconds = Math.round(
    spokenTimes(body.text, voice.speed ?? 1).seconds * 1000,
  );
  exchange.answer(200, {
    data: { audio: bytes.toString("hex"), status: 2, ced: "" },
    extra_info: {
      audio_length: milliseconds,
      audio_sample_rate: rate,
      audio_size: bytes.length,
      bitrate: 128000,
      audio_format: format,
      audio_channel: 1,
      word_count: body.text.split(/\s+/).length,
      usage_characters: units,
      invisible_character_ratio: 0,
    },
    trace_id: id,
    ...base(0, "success"),
  });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {any} body
 */
async function compose(simulator, exchange, body) {
  if (typeof body.prompt !== "string" || body.prompt.length < 10)
    return exchange.answer(200, base(2013, "invalid params: prompt"));
  if (typeof body.lyrics !== "string" || body.lyrics.length < 10)
    return exchange.answer(200, base(2013, "invalid params: lyrics"));
  const id = simulator.name();
  const entry = {
    id,
    wire: "minimax",
    model: body.model,
    unit: "piece",
    units: 1,
    price: PRICES.music,
  };
  simulator.bill.add(entry, body);
  await simulator.pause();
  const rate = body.audio_setting?.sample_rate ?? 44100;
  const bytes = await coded(
    wav(music(body.prompt, 40, rate), rate, 2),
    body.audio_setting?.format ?? "mp3",
  );
  exchange.answer(200, {
    data: { audio: bytes.toString("hex"), status: 2 },
    extra_info: {
      music_duration: 40000,
      music_sample_rate: rate,
      music_channel: 2,
      music_size: bytes.length,
    },
    trace_id: id,
    ...base(0, "success"),
  });
}

/** @type {Record<string, [number, string]>} */
const REFUSED = {
  429: [1002, "rate limit"],
  401: [
    1004,
    "login fail: Please carry the API secret key in the 'Authorization' field",
  ],
  402: [1008, "insufficient balance"],
};

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 */
export async function answerMinimax(simulator, exchange) {
  const path = exchange.parts.join("/");
  const route = path === "v1/music_generation" ? "music" : "speech";
  if (!exchange.key) return exchange.answer(200, base(1004, "login fail"));
  const struck = simulator.refusal(exchange, "minimax", route);
  const said = struck && REFUSED[struck.fault];
  if (said)
    return exchange.answer(200, base(...said), {
      "trace-id": simulator.name(),
    });
  if (struck) return exchange.answer(200, base(1000, "unknown error"));
  const body = exchange.json();
  if (exchange.method !== "POST" || !body)
    return exchange.answer(200, base(2013, "invalid params"));
  if (simulator.faults.strike("minimax", route, ["blocked"]))
    return exchange.answer(200, base(1026, "input new_sensitive"));
  if (path === "v1/t2a_v2") return speak(simulator, exchange, body);
  if (path === "v1/music_generation") return compose(simulator, exchange, body);
  exchange.answer(404, base(2013, "not found"));
}
