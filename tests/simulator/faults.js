// @ts-check
// Faults on demand: rules that say which requests suffer what, how often and how many times.
import { makeChance } from "./chance.js";

/**
 * What can go wrong. On the way: "429", "500", "502", "503", "401", "402", "hang" (no answer), "cut"
 * (half a body), "json" (not the agreed JSON), "empty" (no bytes), "corrupt" (bytes of nothing),
 * "lost" (the work is taken on and billed, but the connection dies before the answer), "slow".
 * At the work itself: "failed", "aborted", "blocked" (the content is refused), "expired" (the
 * output's address is gone), "duplicate", "forged" (webhooks).
 * @typedef {object} Rule
 * @property {string} [wire] "" or absent: any
 * @property {string} [route] "create", "get", "cancel", "file", "output", "text", "speech" …
 * @property {string} fault
 * @property {number} [chance] from 0 to 1, absent: always
 * @property {number} [count] so many times and no more
 * @property {number} [retry_after] seconds, of a 429
 */

export class Faults {
  constructor() {
    /** @type {Rule[]} */
    this.rules = [];
    this.chance = makeChance(1);
    /** @type {Record<string, number>} */
    this.suffered = {};
  }

  /** @param {{rules?: Rule[], seed?: number}} wanted */
  set(wanted) {
    this.rules = (wanted.rules ?? []).map((rule) => ({ ...rule }));
    this.chance = makeChance(wanted.seed ?? 1);
  }

  /**
   * The first rule that strikes.
   * @param {string} wire
   * @param {string} route
   * @param {string[]} among the faults that are possible here
   * @returns {Rule | null}
   */
  strike(wire, route, among) {
    for (const rule of this.rules) {
      if (rule.wire && rule.wire !== wire) continue;
      if (rule.route && rule.route !== route) continue;
      if (!among.includes(rule.fault) || rule.count === 0) continue;
      if (this.chance() >= (rule.chance ?? 1)) continue;
      if (rule.count !== undefined) rule.count--;
      const name = `${wire}/${route}/${rule.fault}`;
      this.suffered[name] = (this.suffered[name] ?? 0) + 1;
      return rule;
    }
    return null;
  }
}

/** What the answer's bytes can suffer; see Exchange.send. */
export const HARMS = ["hang", "cut", "json", "empty", "corrupt", "lost"];
/** Refusals before any work is taken on. */
export const REFUSALS = ["429", "500", "502", "503", "401", "402"];
