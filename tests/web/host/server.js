// A server for the host's tests: the page, the module as it was built, and files that exist only as
// a rule ("byte n is …"), with ranges, validators and whatever a test plants. Loopback only.
import { promises as files } from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../../..");

/** Of file [seed], at [offset]. @param {number} seed @param {number} offset */
export const byteAt = (seed, offset) =>
  (Math.imul(offset % 65521, 40503 + seed) >>> 7) & 255;

/**
 * @typedef {{
 *   size: number,
 *   seed?: number,
 *   etag?: string,
 *   ranges?: boolean,
 *   headers?: Record<string, string>,
 *   plant?: (request: http.IncomingMessage, response: http.ServerResponse) => boolean | Promise<boolean>,
 * }} Film [plant] answers by itself when it gives true
 */

const PAGE = `<!doctype html><meta charset="utf-8"><title>host</title>`;
const TYPES = new Map([
  [".js", "text/javascript"],
  [".mjs", "text/javascript"],
  [".wasm", "application/wasm"],
]);

/** @param {{ isolated: boolean }} options */
export async function startHostServer({ isolated }) {
  /** @type {Map<string, Film>} */
  const films = new Map();
  /** @type {{ method: string, path: string, range: string | undefined, status: number }[]} */
  const requests = [];
  const server = http.createServer((request, response) => {
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    const address = new URL(request.url ?? "/", "http://local").pathname;
    const film = films.get(address);
    if (film)
      response.on("close", () =>
        requests.push({
          method: request.method ?? "",
          path: address,
          range: request.headers.range,
          status: response.statusCode,
        }),
      );
    const work = film
      ? sendFilm(request, response, film)
      : sendFile(response, address);
    work.catch(() => response.destroy());
  });
  await new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(0)),
  );
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    url: `http://127.0.0.1:${port}/`,
    otherOrigin: `http://localhost:${port}/`,
    films,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {http.ServerResponse} response @param {string} address */
async function sendFile(response, address) {
  if (address === "/")
    return void response.setHeader("Content-Type", "text/html").end(PAGE);
  const found = /^\/(build|sources)\/([\w./-]+)$/.exec(address);
  const file =
    found &&
    path.join(root, found[1] === "build" ? "build" : "", found[2] ?? "");
  if (!file || file.includes("..")) return void response.writeHead(404).end();
  const bytes = await files.readFile(file).catch(() => null);
  if (!bytes) return void response.writeHead(404).end();
  response.setHeader(
    "Content-Type",
    TYPES.get(path.extname(file)) ?? "text/plain",
  );
  response.end(bytes);
}

/** @param {http.IncomingMessage} request @param {http.ServerResponse} response @param {Film} film */
async function sendFilm(request, response, film) {
  for (const [name, value] of Object.entries(film.headers ?? {}))
    response.setHeader(name, value);
  if (await film.plant?.(request, response)) return;
  const tag = film.etag ?? `"${film.seed ?? 0}-${film.size}"`;
  if (tag) response.setHeader("ETag", tag);
  const wanted = request.headers["if-match"];
  if (wanted && wanted !== tag) return void response.writeHead(412).end();
  // The browser's own cache asks so: of a file that is another by now it wants all.
  const condition = request.headers["if-range"];
  const isInParts = film.ranges !== false && (!condition || condition === tag);
  const range = isInParts
    ? /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "")
    : null;
  if (film.ranges !== false) response.setHeader("Accept-Ranges", "bytes");
  const first = range ? Number(range[1]) : 0;
  const last = range
    ? Math.min(film.size - 1, Number(range[2]))
    : film.size - 1;
  if (range && first >= film.size)
    return void response
      .writeHead(416, { "Content-Range": `bytes */${film.size}` })
      .end();
  response.writeHead(range ? 206 : 200, {
    "Content-Length": last - first + 1,
    ...(range && { "Content-Range": `bytes ${first}-${last}/${film.size}` }),
  });
  if (request.method === "HEAD") return void response.end();
  const bytes = Buffer.alloc(last - first + 1);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = byteAt(film.seed ?? 0, first + i);
  response.end(bytes);
}
