// @ts-check
// The simulator is driven by the services' own clients, which know their wires better than we do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ElevenLabsClient } from "@elevenlabs/elevenlabs-js";
import { GoogleGenAI } from "@google/genai";
import Groq from "groq-sdk";
import OpenAI from "openai";
import Replicate from "replicate";
import { Webhook } from "standardwebhooks";
import { sign } from "../webhooks.js";
import { Simulator } from "../simulator.js";

const simulator = new Simulator({ latencyMs: 30, shrink: 8 });
let url = "";
before(async () => {
  url = await simulator.open();
});
after(() => simulator.close());

const SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["title", "scenes"],
  properties: {
    title: { type: "string" },
    scenes: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["narration"],
        properties: { narration: { type: "string" } },
      },
    },
  },
};

/** @type {import("openai/resources/chat/completions").ChatCompletionCreateParamsNonStreaming} */
const QUESTION = {
  model: "gpt-5-mini",
  messages: [{ role: "user", content: "A film of 3 scenes" }],
  response_format: {
    type: "json_schema",
    json_schema: { name: "script", strict: true, schema: SCHEMA },
  },
};

function openai() {
  return new OpenAI({
    apiKey: "sk-test",
    baseURL: `${url}/openai/v1`,
    maxRetries: 2,
  });
}

test("openai: structured output", async () => {
  const answer = await openai().chat.completions.create(QUESTION);
  const script = JSON.parse(answer.choices[0]?.message.content ?? "");
  assert.equal(script.scenes.length, 3);
  assert.ok((answer.usage?.total_tokens ?? 0) > 0);
});

test("openai: a schema that is not strict is refused", async () => {
  const loose = structuredClone(QUESTION);
  // @ts-expect-error the schema is there
  delete loose.response_format.json_schema.schema.additionalProperties;
  await assert.rejects(
    openai().chat.completions.create(loose),
    OpenAI.BadRequestError,
  );
});

test("openai: a storm of 429 passes", async () => {
  simulator.faults.set({
    rules: [{ wire: "openai", fault: "429", count: 1, retry_after: 0.01 }],
  });
  await openai().chat.completions.create(QUESTION);
  assert.equal(simulator.faults.suffered["openai/text/429"], 1);
});

test("openai: pictures and speech", async () => {
  const pictures = await openai().images.generate({
    model: "gpt-image-1",
    prompt: "a cat",
    size: "1024x1024",
  });
  const png = Buffer.from(pictures.data?.[0]?.b64_json ?? "", "base64");
  assert.equal(png.toString("latin1", 1, 4), "PNG");
  const sound = await openai().audio.speech.create({
    model: "tts-1",
    voice: "alloy",
    input: "Hello.",
    response_format: "wav",
  });
  assert.equal(
    Buffer.from(await sound.arrayBuffer()).toString("latin1", 0, 4),
    "RIFF",
  );
});

test("groq: the same wire", async () => {
  const groq = new Groq({ apiKey: "gsk_test", baseURL: `${url}/groq` });
  const answer = await groq.chat.completions.create({
    model: "openai/gpt-oss-20b",
    messages: [{ role: "user", content: "Hello" }],
  });
  assert.ok(answer.choices[0]?.message.content);
});

function replicate() {
  return new Replicate({
    auth: "r8_test",
    baseUrl: `${url}/replicate/v1`,
    useFileOutput: false,
  });
}

test("replicate: run, by model and by version", async () => {
  const input = { prompt: "a cat", aspect_ratio: "16:9", output_format: "png" };
  const output = /** @type {string[]} */ (
    await replicate().run("black-forest-labs/flux-schnell", { input })
  );
  const bytes = Buffer.from(await (await fetch(output[0] ?? "")).arrayBuffer());
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
  const music = await replicate().models.get("meta", "musicgen");
  const version = music.latest_version?.id ?? "";
  const made = await replicate().predictions.create({
    version,
    input: { prompt: "calm", duration: 4 },
  });
  const done = await replicate().wait(made, { interval: 10 });
  assert.equal(done.status, "succeeded");
});

test("replicate: an input of the wrong kind is refused by name", async () => {
  const input = { prompt: "a cat", aspect_ratio: "16:10" };
  await assert.rejects(
    replicate().predictions.create({
      model: "black-forest-labs/flux-schnell",
      input,
    }),
    /input\.aspect_ratio/,
  );
});

test("replicate: files are inputs", async () => {
  const file = await replicate().files.create(Buffer.from("RIFF"), {
    filename: "voice.wav",
  });
  assert.match(file.urls.get, /\/files\//);
  assert.equal((await replicate().files.get(file.id)).size, 4);
});

test("replicate: cancelled, and not before its time", async () => {
  simulator.latencyMs = 5000;
  const made = await replicate().predictions.create({
    model: "wan-video/wan-2.5-i2v",
    input: { prompt: "a cat", image: "data:image/png;base64,AAAA" },
  });
  assert.equal(
    (await replicate().predictions.cancel(made.id)).status,
    "canceled",
  );
  simulator.latencyMs = 30;
});

test("replicate: webhooks are signed as its own client wants them", async () => {
  const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = '{"test": 2432232314}';
  const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  assert.equal(
    sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body),
    signature,
  );
  const secret = await replicate().webhooks.default.secret.get();
  const now = String(Math.floor(Date.now() / 1000));
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": now,
    "webhook-signature": sign(secret.key, "msg_1", now, body),
  };
  new Webhook(secret.key).verify(body, headers);
});

test("elevenlabs: speech with timestamps, and its history", async () => {
  const client = new ElevenLabsClient({
    apiKey: "xi-test",
    baseUrl: `${url}/elevenlabs`,
  });
  const made = await client.textToSpeech.convertWithTimestamps("voice", {
    text: "Hello there.",
    outputFormat: "pcm_24000",
  });
  assert.equal(made.alignment?.characters.length, "Hello there.".length);
  assert.ok(Buffer.from(made.audioBase64, "base64").length > 24000 / 2);
  const history = await client.history.list();
  assert.equal(history.history[0]?.text, "Hello there.");
});

test("google: a film by a long-running operation", async () => {
  const client = new GoogleGenAI({
    apiKey: "g-test",
    httpOptions: { baseUrl: `${url}/google` },
  });
  let operation = await client.models.generateVideos({
    model: "veo-3.1-fast-generate-preview",
    prompt: "a cat",
    config: { durationSeconds: 4 },
  });
  const deadline = Date.now() + 10000;
  while (!operation.done && Date.now() < deadline)
    operation = await client.operations.getVideosOperation({ operation });
  const uri = operation.response?.generatedVideos?.[0]?.video?.uri ?? "";
  const bytes = Buffer.from(
    await (
      await fetch(uri, { headers: { "x-goog-api-key": "g-test" } })
    ).arrayBuffer(),
  );
  assert.equal(bytes.toString("latin1", 4, 8), "ftyp");
});

test("minimax: success is in base_resp", async () => {
  const ask = async (/** @type {string} */ voice_id) => {
    const body = {
      model: "speech-02-hd",
      text: "Hello.",
      voice_setting: { voice_id },
      audio_setting: { format: "wav" },
    };
    const headers = {
      authorization: "Bearer k",
      "content-type": "application/json",
    };
    const answer = await fetch(`${url}/minimax/v1/t2a_v2`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return /** @type {any} */ (await answer.json());
  };
  assert.equal(
    Buffer.from((await ask("Wise_Woman")).data.audio, "hex").toString(
      "latin1",
      0,
      4,
    ),
    "RIFF",
  );
  assert.equal((await ask("")).base_resp.status_code, 20132);
});

test("the bill counts what was asked twice", () => {
  const bill = simulator.bill.read();
  assert.ok(bill.total > 0);
  assert.ok(bill.twice.every((list) => list.length > 1));
});
