// @ts-check
// Writes what a schema asks for: the stand-in for a language model.
import { makeChance, seedOf } from "./chance.js";

const SENTENCES = [
  "Every journey begins with a question that nobody thought to ask.",
  "At first light the whole valley holds its breath.",
  "Small things, done again and again, become large ones.",
  "What looks like chaos from afar has an order of its own.",
  "The oldest tools are often the ones that still work.",
  "Somewhere a door opens, and the air smells of rain.",
  "It takes patience, and a little luck, to see it happen.",
  "By evening, everything has found its place again.",
];
const PICTURES = [
  "a wide valley at dawn with mist between the hills",
  "hands at work over a wooden table, warm light",
  "a narrow street after rain, lamps mirrored in the stones",
  "a lighthouse above a calm sea in the evening",
  "a field of flowers under a high summer sky",
  "an old library with sunlight in the dust",
];

/**
 * @typedef {object} Schema
 * @property {string | string[]} [type]
 * @property {Record<string, Schema>} [properties]
 * @property {Schema} [items]
 * @property {unknown[]} [enum]
 * @property {number} [minItems]
 * @property {number} [minimum]
 * @property {Schema[]} [anyOf]
 */

class Pen {
  /** @param {string} words what it shall be about */
  constructor(words) {
    this.words = words;
    this.chance = makeChance(seedOf(words));
    this.count = 0;
    this.start = Math.floor(this.chance() * 97);
    /** @type {Map<string[], number>} */
    this.used = new Map();
    const asked = /(\d+) scenes/.exec(words);
    this.scenes = asked ? Number(asked[1]) : 4;
  }

  /** @param {string[]} list */
  pick(list) {
    this.count++;
    return (
      list[(Math.floor(this.chance() * 97) + this.count) % list.length] ?? ""
    );
  }

  /**
   * Never the same twice: two scenes that are alike would be paid for twice with good reason.
   * @param {string[]} list
   */
  next(list) {
    const number = this.used.get(list) ?? 0;
    this.used.set(list, number + 1);
    const text = list[(number + this.start) % list.length] ?? "";
    const round = Math.floor(number / list.length) + 1;
    return round > 1
      ? `${text.replace(/[.]$/, "")}, for the ${round}th time.`
      : text;
  }

  /** @param {string} name */
  text(name) {
    if (/narration|text|question/i.test(name)) return this.next(SENTENCES);
    if (/visual|prompt/i.test(name)) return this.next(PICTURES);
    if (/shot/i.test(name))
      return this.pick(["wide", "close-up", "push in", "pan left"]);
    if (/palette/i.test(name)) return "dawn";
    if (/mood/i.test(name)) return this.pick(["calm", "hopeful", "curious"]);
    if (/^id$/i.test(name)) return `q${++this.count}`;
    if (/title|heading/i.test(name))
      return this.pick(["Morning", "The Road", "A Small Step", "Light"]);
    return this.pick(["simple", "warm", "everybody", "clear"]);
  }

  /**
   * @param {Schema} schema
   * @param {string} name
   * @returns {unknown}
   */
  write(schema, name) {
    if (schema.enum) return this.pick(schema.enum.map(String));
    if (schema.anyOf?.[0]) return this.write(schema.anyOf[0], name);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === "object" || schema.properties) {
      const members = Object.entries(schema.properties ?? {});
      return Object.fromEntries(
        members.map(([key, value]) => [key, this.write(value, key)]),
      );
    }
    if (type === "array") {
      const count =
        name === "scenes" ? this.scenes : Math.max(schema.minItems ?? 0, 3);
      return Array.from({ length: count }, () =>
        this.write(schema.items ?? {}, name),
      );
    }
    if (type === "boolean")
      return /presenter/.test(name) && /presenter speaks/.test(this.words);
    if (type === "integer" || type === "number") return schema.minimum ?? 1;
    if (type === "null") return null;
    return this.text(name);
  }
}

/**
 * @param {Schema} schema
 * @param {string} words
 */
export function write(schema, words) {
  return new Pen(words).write(schema, "");
}
