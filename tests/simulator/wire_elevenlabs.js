// @ts-check
// ElevenLabs: text to speech, plain and with timestamps, and the history that remembers what was made.
import { coded, pcm, speech, spokenTimes, wav } from "./media.js";

/** US dollars of a character. */
const PRICE = 0.00011;
const TEXT_CHARACTERS_MAX = 10000;

/** @typedef {import("./exchange.js").Exchange} Exchange */
/** @typedef {import("./simulator.js").Simulator} Simulator */

/**
 * @param {Exchange} exchange
 * @param {number} status
 * @param {string} code
 * @param {string} message
 * @param {Record<string, string>} [headers]
 */
function refuse(exchange, status, code, message, headers) {
  exchange.answer(status, { detail: { status: code, message } }, headers);
}

/**
 * @param {string} format "pcm_24000", "mp3_44100_128", "wav_16000" …
 * @param {string} text
 * @param {number} speed
 */
async function sound(format, text, speed) {
  const match = /^(mp3|pcm|wav|opus)_(\d+)(?:_\d+)?$/.exec(format);
  if (!match) return null;
  const rate = Number(match[2]);
  const samples = speech(text, rate, speed);
  if (match[1] === "pcm") return { bytes: pcm(samples), type: "audio/pcm" };
  const whole = wav(samples, rate);
  if (match[1] === "wav") return { bytes: whole, type: "audio/wav" };
  const kind = match[1] === "opus" ? "opus" : "mp3";
  return {
    bytes: await coded(whole, kind),
    type: kind === "mp3" ? "audio/mpeg" : "audio/ogg",
  };
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 * @param {string} voice
 * @param {string} way "", "stream", "with-timestamps"
 */
async function speak(simulator, exchange, voice, way) {
  const body = exchange.json();
  if (typeof body?.text !== "string")
    return exchange.answer(422, {
      detail: [
        {
          loc: ["body", "text"],
          msg: "field required",
          type: "value_error.missing",
        },
      ],
    });
  if (body.text.length > TEXT_CHARACTERS_MAX)
    return refuse(
      exchange,
      400,
      "max_character_limit_exceeded",
      "This request's text is too long.",
    );
  if (voice === "missing")
    return refuse(
      exchange,
      400,
      "voice_not_found",
      `A voice ${voice} was not found.`,
    );
  const speed = body.voice_settings?.speed ?? 1;
  if (speed < 0.7 || speed > 1.2)
    return refuse(
      exchange,
      400,
      "invalid_voice_settings",
      "speed must be from 0.7 to 1.2",
    );
  const format =
    exchange.url.searchParams.get("output_format") ?? "mp3_44100_128";
  const made = await sound(format, body.text, speed);
  if (!made)
    return refuse(
      exchange,
      400,
      "invalid_output_format",
      `There is no format ${format}.`,
    );
  const model = body.model_id ?? "eleven_multilingual_v2";
  const id = simulator.name();
  const content = { voice, body, format };
  simulator.bill.add(
    {
      id,
      wire: "elevenlabs",
      model,
      unit: "character",
      units: body.text.length,
      price: PRICE,
    },
    content,
  );
  const times = spokenTimes(body.text, speed);
  const alignment = {
    characters: times.characters,
    character_start_times_seconds: times.starts,
    character_end_times_seconds: times.ends,
  };
  remember(simulator, { id, voice, model, text: body.text, made, alignment });
  await simulator.pause();
  const headers = {
    "request-id": id,
    "history-item-id": `h-${id}`,
    "character-cost": String(body.text.length),
    "current-concurrent-requests": String(simulator.load.elevenlabs?.now ?? 1),
    "maximum-concurrent-requests": "5",
  };
  if (way !== "with-timestamps")
    return exchange.send(200, made.bytes, {
      ...headers,
      "content-type": made.type,
    });
  const audio_base64 = made.bytes.toString("base64");
  exchange.answer(
    200,
    { audio_base64, alignment, normalized_alignment: alignment },
    headers,
  );
}

/**
 * @param {Simulator} simulator
 * @param {{id: string, voice: string, model: string, text: string, made: {bytes: Buffer, type: string}, alignment: object}} item
 */
function remember(simulator, item) {
  const all = simulator.kept.get("history") ?? [];
  all.unshift({ ...item, at: Math.floor(Date.now() / 1000) });
  simulator.kept.set("history", all);
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 */
function history(simulator, exchange) {
  const all = simulator.kept.get("history") ?? [];
  if (exchange.parts[2]) {
    const item = all.find(
      (/** @type {any} */ entry) => `h-${entry.id}` === exchange.parts[2],
    );
    if (!item)
      return refuse(
        exchange,
        404,
        "history_item_not_found",
        "There is no such item.",
      );
    return exchange.send(200, item.made.bytes, {
      "content-type": item.made.type,
    });
  }
  const items = all.slice(
    0,
    Number(exchange.url.searchParams.get("page_size") ?? 100),
  );
  exchange.answer(200, {
    history: items.map((/** @type {any} */ item) => ({
      history_item_id: `h-${item.id}`,
      request_id: item.id,
      voice_id: item.voice,
      model_id: item.model,
      voice_name: "A voice",
      voice_category: "premade",
      text: item.text,
      date_unix: item.at,
      character_count_change_from: 0,
      character_count_change_to: item.text.length,
      content_type: item.made.type,
      state: "created",
      settings: null,
      feedback: null,
      share_link_id: null,
      source: "TTS",
      alignments: {
        alignment: item.alignment,
        normalized_alignment: item.alignment,
      },
    })),
    last_history_item_id: items.length ? `h-${items.at(-1).id}` : null,
    has_more: all.length > items.length,
    scanned_until: null,
  });
}

/**
 * @param {Simulator} simulator
 * @param {Exchange} exchange
 */
export async function answerElevenlabs(simulator, exchange) {
  const [version, what, voice, way = ""] = exchange.parts;
  if (!exchange.key)
    return refuse(
      exchange,
      401,
      "needs_authorization",
      "Neither key nor token was given.",
    );
  const struck = simulator.refusal(
    exchange,
    "elevenlabs",
    what === "history" ? "history" : "speech",
  );
  if (struck?.fault === "429")
    return refuse(
      exchange,
      429,
      "too_many_concurrent_requests",
      "Too many concurrent requests.",
      {
        "retry-after": String(struck.retry_after ?? 1),
      },
    );
  if (struck?.fault === "401")
    return refuse(exchange, 401, "invalid_api_key", "Invalid API key");
  if (struck?.fault === "402")
    return refuse(
      exchange,
      401,
      "quota_exceeded",
      "This request exceeds your quota of 10000.",
    );
  if (struck)
    return refuse(
      exchange,
      Number(struck.fault),
      "internal_server_error",
      "Something failed.",
    );
  if (exchange.method === "POST" && what === "text-to-speech" && voice)
    return speak(simulator, exchange, voice, way);
  if (exchange.method === "GET" && version === "v1" && what === "history")
    return history(simulator, exchange);
  exchange.answer(404, { detail: "Not Found" });
}
