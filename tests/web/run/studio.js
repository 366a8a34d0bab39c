// A server that makes no film: it answers what a real one answered once (../fake/studio), in the
// state that a test asks for, and keeps what the page asks of it.
import { promises as files } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./page.js";
import { startServer } from "./server.js";
import { acceptSocket } from "./sockets.js";

const recorded = fileURLToPath(new URL("../fake/studio/", import.meta.url));

/** @param {string} name */
export const record = async (name) =>
  JSON.parse(await files.readFile(path.join(recorded, `${name}.json`), "utf8"));

/**
 * @typedef {Record<string, any>} Json
 * @typedef {object} Studio what the server is to say
 * @property {Json} server
 * @property {Json[]} films
 * @property {Json[]} states films as they stand
 * @property {Json} [estimate]
 * @property {Json} [ledger]
 * @property {boolean} [isMute] the films are never told
 * @property {boolean} [isClosed] nobody has signed in
 * @property {boolean} [isDead] nothing is told: every connection is refused
 * @property {Json | null} [person] who is signed in, of a server with accounts
 * @property {(asked: { method: string, path: string, body: any }) => Json | undefined} [answer]
 *   `status` and `body`, for what a test answers itself
 */

const CLOSED = {
  status: 401,
  error: {
    code: "nosession",
    message: "Sign in first.",
    place: "/api/session",
  },
};
const MISSING = {
  status: 404,
  error: { code: "missing", message: "There is none.", place: "" },
};

const BITS = 16;
const RATE = 8000;

/**
 * Something like a voice: syllables of a hum.
 * @param {number} seconds
 */
function hum(seconds) {
  const count = Math.round(seconds * RATE);
  const bytes = Buffer.alloc(44 + count * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + count * 2, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(BITS, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(count * 2, 40);
  for (let at = 0; at < count; at++) {
    const time = at / RATE;
    const syllable = Math.abs(Math.sin(time * 9) * Math.sin(time * 2.3 + 0.4));
    const tone = Math.sin(time * 2 * Math.PI * 180) * syllable;
    bytes.writeInt16LE(Math.round(tone * 20000), 44 + at * 2);
  }
  return bytes;
}

/** @param {import("node:http").IncomingMessage} request */
async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text ? JSON.parse(text) : undefined;
}

/**
 * What the addresses without a change of anything answer.
 * @param {Studio} studio
 * @param {string} address
 */
function answerOf(studio, address) {
  const { server, films, states, estimate, ledger, person } = studio;
  if (studio.isClosed) return undefined;
  const money = { currency: "USD", cap: 10, spent: 0, reserved: 0 };
  if (address === "/api/server") return server;
  if (address === "/api/films") return { films };
  if (address === "/api/session") return person ?? undefined;
  const [, id, rest = ""] = /^\/api\/films\/([^/]+)(.*)$/.exec(address) ?? [];
  if (rest === "/estimate")
    return estimate ?? { ...money, left: 10, cost: 0, phases: {} };
  if (rest === "/ledger") return ledger ?? { ...money, lines: [] };
  return states.find((state) => state["id"] === id);
}

/**
 * @param {Studio} studio it may change while the server runs
 * @param {{ page?: string }} [options] [page]: the built page's folder
 */
export async function startStudio(studio, options = {}) {
  /** @type {{ method: string, path: string, body: any }[]} */
  const asked = [];
  /** @type {Set<ReturnType<typeof acceptSocket>>} */
  const sockets = new Set();
  let seq = 1;
  /** @param {ReturnType<typeof acceptSocket>} socket @param {Json} state */
  const tell = (socket, state) =>
    socket.say({ type: "snapshot", film: state["id"], seq: ++seq, state });

  /** @type {import("./server.js").Options["handle"]} */
  const handle = async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://local");
    const made = /^\/films\/[^/]+\/assets\/(.+)$/.exec(pathname)?.[1];
    if (made?.endsWith(".wav")) {
      response.setHeader("Content-Type", "audio/wav");
      response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
      response.end(hum(made.includes("music") ? 12 : 4.5));
      return true;
    }
    if (!pathname.startsWith("/api/")) return false;
    const method = request.method ?? "GET";
    if (pathname.startsWith("/api/voices/")) {
      asked.push({ method: "GET", path: pathname, body: undefined });
      // The first time it is still being spoken.
      const isFirst = asked.filter(({ path }) => path === pathname).length < 2;
      response.writeHead(isFirst ? 202 : 200, { "Content-Type": "audio/wav" });
      response.end(isFirst ? "" : hum(0.4));
      return true;
    }
    const body = await bodyOf(request);
    const question = { method, path: pathname, body };
    asked.push(question);
    const own = studio.answer?.(question);
    const answer = own ? own["body"] : answerOf(studio, pathname);
    const refused = studio.isClosed ? CLOSED : MISSING;
    response.writeHead(own?.["status"] ?? (answer ? 200 : refused.status), {
      "Content-Type": "application/json",
    });
    response.end(JSON.stringify(answer ?? { error: refused.error }));
    return true;
  };
  const server = await startServer({
    folders: {
      "/": options.page ?? path.join(root, "build/web-fake"),
      ...Object.fromEntries(
        ["bees", "bakery", "lighthouse"].map((film) => [
          `/films/${film}/assets/`,
          path.join(recorded, "media"),
        ]),
      ),
    },
    isolated: true,
    handle,
    onUpgrade(request, socket) {
      if (studio.isDead) return void socket.destroy();
      const accepted = acceptSocket(request, socket, (text) => {
        const { type, film, films } = JSON.parse(text);
        if (type !== "subscribe" || studio.isMute) return;
        if (films)
          accepted.say({ type: "films", seq: ++seq, films: studio.films });
        const state = studio.states.find(({ id }) => id === film);
        if (state) tell(accepted, state);
        else if (film) accepted.say({ type: "gone", film });
      });
      sockets.add(accepted);
      socket.on("close", () => sockets.delete(accepted));
    },
  });
  return {
    ...server,
    asked,
    /** Every page is told how the films stand now. */
    tellAll() {
      for (const socket of sockets) {
        for (const state of studio.states) tell(socket, state);
        socket.say({ type: "films", seq: ++seq, films: studio.films });
      }
    },
    /** Every connection is cut; pages may come back. */
    cut() {
      for (const socket of sockets) socket.close();
    },
    async close() {
      for (const socket of sockets) socket.close();
      await server.close();
    },
  };
}
