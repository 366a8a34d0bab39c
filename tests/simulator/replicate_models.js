// @ts-check
// The models of Replicate's that the simulator plays: what each takes, what it gives, what it costs.

/**
 * @typedef {object} Field
 * @property {"string" | "integer" | "number" | "boolean" | "uri"} type
 * @property {boolean} [required]
 * @property {(string | number)[]} [enum]
 * @property {number} [minimum]
 * @property {number} [maximum]
 */
/**
 * @typedef {object} Model
 * @property {Record<string, Field>} input
 * @property {"picture" | "film" | "sound" | "song" | "lips"} makes
 * @property {boolean} [inList] the output is a list of addresses, not one
 * @property {string} unit
 * @property {number} price in US dollars of one unit
 * @property {boolean} [community] it has no route of its own, only versions
 */

const RATIOS = [
  "1:1",
  "16:9",
  "21:9",
  "3:2",
  "2:3",
  "4:5",
  "5:4",
  "3:4",
  "4:3",
  "9:16",
  "9:21",
];
/** @type {Field} */
const TEXT = { type: "string" };
/** @type {Field} */
const WORDS = { type: "string", required: true };
/** @type {Field} */
const WHOLE = { type: "integer" };
/** @type {Field} */
const FLAG = { type: "boolean" };
/** @type {Field} */
const FILE = { type: "uri" };
/** @type {Field} */
const NEEDED_FILE = { type: "uri", required: true };

/** @param {(string | number)[]} values @param {Field["type"]} [type] @returns {Field} */
const oneOf = (values, type = "string") => ({ type, enum: values });
/** @param {number} minimum @param {number} maximum @param {Field["type"]} [type] @returns {Field} */
const within = (minimum, maximum, type = "integer") => ({
  type,
  minimum,
  maximum,
});

const FLUX = {
  prompt: WORDS,
  aspect_ratio: oneOf(RATIOS),
  num_outputs: within(1, 4),
  seed: WHOLE,
  output_format: oneOf(["webp", "jpg", "png"]),
  output_quality: within(0, 100),
  disable_safety_checker: FLAG,
  go_fast: FLAG,
  megapixels: oneOf(["1", "0.25"]),
};

/** @type {Record<string, Model>} */
export const MODELS = {
  "black-forest-labs/flux-schnell": {
    input: { ...FLUX, num_inference_steps: within(1, 4) },
    makes: "picture",
    inList: true,
    unit: "image",
    price: 0.003,
  },
  "black-forest-labs/flux-dev": {
    input: {
      ...FLUX,
      num_inference_steps: within(1, 50),
      image: FILE,
      prompt_strength: within(0, 1, "number"),
      guidance: within(0, 10, "number"),
    },
    makes: "picture",
    inList: true,
    unit: "image",
    price: 0.025,
  },
  "leonardoai/phoenix-1.0": {
    input: {
      prompt: WORDS,
      aspect_ratio: oneOf([...RATIOS, "2:1", "1:2"]),
      generation_mode: oneOf(["fast", "quality", "ultra"]),
      contrast: oneOf(["low", "medium", "high"]),
      style: TEXT,
      num_images: within(1, 8),
      prompt_enhance: FLAG,
    },
    makes: "picture",
    inList: true,
    unit: "image",
    price: 0.08,
  },
  "black-forest-labs/flux-1.1-pro": {
    input: {
      prompt: WORDS,
      aspect_ratio: oneOf(["custom", ...RATIOS]),
      width: within(256, 1440),
      height: within(256, 1440),
      image_prompt: FILE,
      output_format: oneOf(["webp", "jpg", "png"]),
      output_quality: within(0, 100),
      safety_tolerance: within(1, 6),
      prompt_upsampling: FLAG,
      seed: WHOLE,
    },
    makes: "picture",
    unit: "image",
    price: 0.04,
  },
  "black-forest-labs/flux-kontext-pro": {
    input: {
      prompt: WORDS,
      input_image: FILE,
      aspect_ratio: oneOf(["match_input_image", ...RATIOS]),
      output_format: oneOf(["jpg", "png"]),
      safety_tolerance: within(0, 6),
      prompt_upsampling: FLAG,
      seed: WHOLE,
    },
    makes: "picture",
    unit: "image",
    price: 0.04,
  },
  "wan-video/wan-2.5-i2v": {
    input: {
      image: NEEDED_FILE,
      prompt: WORDS,
      negative_prompt: TEXT,
      audio: FILE,
      resolution: oneOf(["480p", "720p", "1080p"]),
      duration: oneOf([5, 10], "integer"),
      enable_prompt_expansion: FLAG,
      seed: WHOLE,
    },
    makes: "film",
    unit: "second",
    price: 0.1,
  },
  "kwaivgi/kling-v2.1": {
    input: {
      prompt: WORDS,
      start_image: NEEDED_FILE,
      end_image: FILE,
      mode: oneOf(["standard", "pro"]),
      duration: oneOf([5, 10], "integer"),
      negative_prompt: TEXT,
    },
    makes: "film",
    unit: "second",
    price: 0.05,
  },
  "kwaivgi/kling-v2.5-turbo-pro": {
    input: {
      prompt: WORDS,
      start_image: FILE,
      end_image: FILE,
      aspect_ratio: oneOf(["16:9", "9:16", "1:1"]),
      duration: oneOf([5, 10], "integer"),
      negative_prompt: TEXT,
    },
    makes: "film",
    unit: "second",
    price: 0.07,
  },
  "google/veo-3": {
    input: {
      prompt: WORDS,
      image: FILE,
      aspect_ratio: oneOf(["16:9", "9:16"]),
      duration: oneOf([4, 6, 8], "integer"),
      resolution: oneOf(["720p", "1080p"]),
      generate_audio: FLAG,
      negative_prompt: TEXT,
      seed: WHOLE,
    },
    makes: "film",
    unit: "second",
    price: 0.2,
  },
  "google/veo-3-fast": {
    input: {
      prompt: WORDS,
      image: FILE,
      aspect_ratio: oneOf(["16:9", "9:16"]),
      duration: oneOf([4, 6, 8], "integer"),
      resolution: oneOf(["720p", "1080p"]),
      generate_audio: FLAG,
      negative_prompt: TEXT,
      seed: WHOLE,
    },
    makes: "film",
    unit: "second",
    price: 0.1,
  },
  "google/lyria-2": {
    input: { prompt: WORDS, negative_prompt: TEXT, seed: WHOLE },
    makes: "song",
    unit: "piece",
    price: 0.06,
  },
  "meta/musicgen": {
    input: {
      prompt: TEXT,
      model_version: oneOf([
        "stereo-melody-large",
        "stereo-large",
        "melody-large",
        "large",
      ]),
      duration: within(1, 300),
      normalization_strategy: oneOf(["loudness", "clip", "peak", "rms"]),
      output_format: oneOf(["wav", "mp3"]),
      seed: WHOLE,
    },
    makes: "song",
    unit: "run",
    price: 0.07,
    community: true,
  },
  "sync/lipsync-2": {
    input: {
      video: NEEDED_FILE,
      audio: NEEDED_FILE,
      sync_mode: oneOf(["loop", "bounce", "cut_off", "silence", "remap"]),
      temperature: within(0, 1, "number"),
      active_speaker: FLAG,
    },
    makes: "lips",
    unit: "second",
    price: 0.05,
  },
  "kwaivgi/kling-lip-sync": {
    input: {
      video_url: NEEDED_FILE,
      video_id: TEXT,
      audio_file: FILE,
      text: TEXT,
      voice_id: TEXT,
      voice_speed: within(0.8, 2, "number"),
    },
    makes: "lips",
    unit: "second",
    price: 0.014,
  },
  "bytedance/latentsync": {
    input: {
      video: NEEDED_FILE,
      audio: NEEDED_FILE,
      guidance_scale: within(0, 10, "number"),
      seed: WHOLE,
    },
    makes: "lips",
    unit: "run",
    price: 0.1,
    community: true,
  },
  "kwaivgi/kling-avatar-v2": {
    input: {
      image: NEEDED_FILE,
      audio: NEEDED_FILE,
      prompt: TEXT,
      mode: oneOf(["std", "pro"]),
    },
    makes: "lips",
    unit: "second",
    price: 0.056,
  },
};

/** @param {string} name */
export function versionOf(name) {
  let out = "";
  for (let i = 0; i < 64; i++)
    out += ((name.charCodeAt(i % name.length) * 7 + i * 3) & 15).toString(16);
  return out;
}

/**
 * A model's schema as the service publishes it.
 * @param {Model} model
 */
export function schemaOf(model) {
  const members = Object.entries(model.input);
  const properties = Object.fromEntries(
    members.map(([name, field], order) => {
      const { required, type, ...rest } = field;
      void required;
      const shown =
        type === "uri" ? { type: "string", format: "uri" } : { type };
      return [name, { ...shown, ...rest, title: name, "x-order": order }];
    }),
  );
  const required = members
    .filter(([, field]) => field.required)
    .map(([name]) => name);
  return {
    components: {
      schemas: {
        Input: { type: "object", title: "Input", required, properties },
      },
    },
  };
}

/**
 * What is wrong with an input, as the service lists it.
 * @param {Model} model
 * @param {Record<string, unknown>} input
 */
export function faultsOf(model, input) {
  /** @type {{type: string, field: string, description: string}[]} */
  const out = [];
  const say = (
    /** @type {string} */ type,
    /** @type {string} */ name,
    /** @type {string} */ description,
  ) =>
    out.push({
      type,
      field: type === "required" ? "input" : `input.${name}`,
      description,
    });
  for (const [name, field] of Object.entries(model.input))
    if (field.required && (input[name] === undefined || input[name] === ""))
      say("required", name, `${name} is required`);
  for (const [name, value] of Object.entries(input)) {
    const field = model.input[name];
    if (!field) {
      say(
        "additional_property_not_allowed",
        name,
        `Additional property ${name} is not allowed`,
      );
      continue;
    }
    const wanted = field.type === "uri" ? "string" : field.type;
    const is =
      wanted === "integer" ? Number.isInteger(value) : typeof value === wanted;
    if (!is)
      say(
        "invalid_type",
        name,
        `Invalid type. Expected: ${wanted}, given: ${typeof value}`,
      );
    else if (field.type === "uri" && !/^(https?:|data:)/.test(String(value)))
      say("format", name, "Does not match format 'uri'");
    else if (field.enum && !field.enum.includes(/** @type {string} */ (value)))
      say(
        "enum",
        name,
        `must be one of the following: ${field.enum.map((v) => JSON.stringify(v)).join(", ")}`,
      );
    else if (field.minimum !== undefined && Number(value) < field.minimum)
      say(
        "number_gte",
        name,
        `Must be greater than or equal to ${field.minimum}`,
      );
    else if (field.maximum !== undefined && Number(value) > field.maximum)
      say("number_lte", name, `Must be less than or equal to ${field.maximum}`);
  }
  return out;
}
