// @ts-check
// The simulator: five wires on one port, a bill, and faults. Each wire has the first part of the path:
// /openai/v1 /groq/openai/v1 /replicate/v1 /elevenlabs /minimax /google, and /delivery for outputs. Its own
// controls are under /control.
import { createServer } from "node:http";
import { Bill } from "./bill.js";
import { makeChance } from "./chance.js";
import { Exchange, readBody } from "./exchange.js";
import { Faults, HARMS, REFUSALS } from "./faults.js";
import { answerElevenlabs } from "./wire_elevenlabs.js";
import { answerGoogle } from "./wire_google.js";
import { answerMinimax } from "./wire_minimax.js";
import { answerOpenai } from "./wire_openai.js";
import {
  answerDelivery,
  answerReplicate,
  Replicate,
} from "./wire_replicate.js";

/**
 * @typedef {object} Options
 * @property {number} [port] 0: any
 * @property {number} [latencyMs] that work takes
 * @property {number} [seed]
 * @property {number} [shrink] outputs are so many times smaller than asked for
 */

export class Simulator {
  /** @param {Options} options */
  constructor(options = {}) {
    this.options = options;
    this.bill = new Bill();
    this.faults = new Faults();
    this.chance = makeChance(options.seed ?? 1);
    this.replicate = new Replicate(this);
    /** @type {Map<string, any>} what other wires keep between requests */
    this.kept = new Map();
    this.latencyMs = options.latencyMs ?? 0;
    /** @type {Record<string, {now: number, most: number, all: number}>} */
    this.load = {};
    /** @type {{wire: string, method: string, path: string, status: number}[]} */
    this.log = [];
    this.server = createServer(
      (request, response) => void this.serve(request, response),
    );
  }

  /** A name as the services give them to what they make. */
  name() {
    const letters = "abcdefghijklmnopqrstuvwxyz234567";
    let out = "";
    for (let i = 0; i < 26; i++) out += letters[Math.floor(this.chance() * 32)];
    return out;
  }

  /** As long as the work takes. */
  pause() {
    return new Promise((resolve) => setTimeout(resolve, this.latencyMs));
  }

  /**
   * @param {number} width
   * @param {number} height
   * @returns {[number, number]} even numbers
   */
  size(width, height) {
    const by = this.options.shrink ?? 1;
    return [Math.max(16, (width / by) & ~1), Math.max(16, (height / by) & ~1)];
  }

  /**
   * The refusal that this request shall get, if any; remembers what its answer shall suffer.
   * @param {Exchange} exchange
   * @param {string} wire
   * @param {string} route
   */
  refusal(exchange, wire, route) {
    if (exchange.key === "bad-key") return { fault: "401" };
    if (exchange.key === "poor-key") return { fault: "402" };
    const struck = this.faults.strike(wire, route, REFUSALS);
    if (!struck)
      exchange.harm = this.faults.strike(wire, route, HARMS)?.fault ?? null;
    return struck;
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async serve(request, response) {
    const wire = (request.url ?? "/").split(/[/?]/)[1] ?? "";
    const load = (this.load[wire] ??= { now: 0, most: 0, all: 0 });
    load.now++;
    load.all++;
    load.most = Math.max(load.most, load.now);
    response.on("close", () => {
      load.now--;
      const path = (request.url ?? "").split("?")[0] ?? "";
      this.log.push({
        wire,
        method: request.method ?? "",
        path,
        status: response.statusCode,
      });
    });
    try {
      const body = await readBody(request);
      if (!body) return void response.writeHead(413).end();
      await this.answer(wire, new Exchange(request, response, body));
    } catch (error) {
      if (!response.headersSent)
        response.writeHead(500, { "content-type": "text/plain" });
      response.end(
        `the simulator failed: ${error instanceof Error ? error.stack : error}`,
      );
    }
  }

  /**
   * @param {string} wire
   * @param {Exchange} exchange
   */
  async answer(wire, exchange) {
    if (wire === "openai" || wire === "groq")
      return answerOpenai(this, exchange, wire);
    if (wire === "replicate") return answerReplicate(this, exchange);
    if (wire === "delivery") return answerDelivery(this, exchange);
    if (wire === "elevenlabs") return answerElevenlabs(this, exchange);
    if (wire === "minimax") return answerMinimax(this, exchange);
    if (wire === "google") return answerGoogle(this, exchange);
    if (wire === "control") return this.control(exchange);
    exchange.answer(404, { error: `there is no wire "${wire}" here` });
  }

  /** @param {Exchange} exchange */
  control(exchange) {
    const what = `${exchange.method} ${exchange.parts.join("/")}`;
    if (what === "GET bill") return exchange.answer(200, this.bill.read());
    if (what === "GET log") return exchange.answer(200, this.log);
    if (what === "GET state")
      return exchange.answer(200, {
        load: this.load,
        suffered: this.faults.suffered,
        running: this.replicate.running(),
      });
    if (what === "POST faults") {
      this.faults.set(exchange.json() ?? {});
      return exchange.answer(200, {});
    }
    if (what === "POST latency") {
      this.latencyMs = Number(exchange.json()?.ms ?? 0);
      return exchange.answer(200, {});
    }
    exchange.answer(404, { error: `there is no control "${what}"` });
  }

  /** Begins to listen on the loopback. @returns {Promise<string>} its address */
  open() {
    return new Promise((resolve, reject) => {
      this.server.on("error", reject);
      this.server.listen(this.options.port ?? 0, "127.0.0.1", () => {
        const address = /** @type {import("node:net").AddressInfo} */ (
          this.server.address()
        );
        resolve(`http://127.0.0.1:${address.port}`);
      });
    });
  }

  close() {
    this.replicate.close();
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
