// @ts-check
// What would have to be paid: every unit of work that was taken on, as the real services count it.
import { createHash } from "node:crypto";

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} wire
 * @property {string} model
 * @property {string} unit what is counted: "image", "second", "character", "token", "run"
 * @property {number} units
 * @property {number} price of one unit, in US dollars
 * @property {string} content hash of what was asked for
 * @property {string} state "billed" or "free"
 * @property {string} at
 * @property {boolean} told was the caller ever told of it?
 */

export class Bill {
  constructor() {
    /** @type {Entry[]} */
    this.entries = [];
  }

  /**
   * @param {Omit<Entry, "content" | "state" | "at" | "told">} what
   * @param {unknown} content what was asked for, in full
   * @returns {Entry}
   */
  add(what, content) {
    const hash = createHash("sha256")
      .update(JSON.stringify(content))
      .digest("hex");
    const at = new Date().toISOString();
    /** @type {Entry} */
    const entry = { ...what, content: hash, state: "billed", at, told: true };
    this.entries.push(entry);
    return entry;
  }

  /** The whole bill, with what was asked and paid for more than once. */
  read() {
    const billed = this.entries.filter((entry) => entry.state === "billed");
    /** @type {Map<string, Entry[]>} */
    const same = new Map();
    for (const entry of billed) {
      const key = `${entry.wire} ${entry.model} ${entry.content}`;
      same.set(key, [...(same.get(key) ?? []), entry]);
    }
    const twice = [...same.values()].filter((list) => list.length > 1);
    const total = billed.reduce(
      (sum, entry) => sum + entry.units * entry.price,
      0,
    );
    return { entries: this.entries, total: Number(total.toFixed(6)), twice };
  }
}
