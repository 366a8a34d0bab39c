// A static server for the tests and for `tools/web serve`: ranges, ETags, isolation on or off, and
// faults where a test plants them. Loopback only.
import { createReadStream, promises as files } from "node:fs";
import http from "node:http";
import path from "node:path";

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript"],
  [".mjs", "text/javascript"],
  [".css", "text/css"],
  [".json", "application/json"],
  [".map", "application/json"],
  [".wasm", "application/wasm"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".webp", "image/webp"],
  [".mp4", "video/mp4"],
  [".webm", "video/webm"],
  [".wav", "audio/wav"],
  [".ttf", "font/ttf"],
  [".otf", "font/otf"],
]);

/**
 * What a test does to one request: "drop" cuts the connection after half the body, a number is the
 * status it is answered with.
 * @typedef {(request: { path: string, range: string | undefined }) => "drop" | number | undefined} Fault
 * @typedef {object} Options
 * @property {Record<string, string>} folders what is served: address prefix to folder
 * @property {boolean} [isolated] sends the headers that give a page shared memory
 * @property {number} [port] 0: any
 * @property {Fault} [fault]
 * @property {(request: http.IncomingMessage, response: http.ServerResponse) => Promise<boolean>} [handle]
 *   answers in place of the folders; false: it did not
 * @property {(request: http.IncomingMessage, socket: import("node:stream").Duplex) => void} [onUpgrade]
 */

/** @param {Options} options */
export async function startServer(options) {
  /** @type {{ path: string, range: string | undefined, status: number }[]} */
  const requests = [];
  const server = http.createServer((request, response) => {
    answer(request, response, options)
      .catch(() => response.headersSent || response.writeHead(500))
      .finally(() => {
        requests.push({
          path: pathOf(request),
          range: request.headers.range,
          status: response.statusCode,
        });
        if (!response.writableEnded && !response.destroyed) response.end();
      });
  });
  if (options.onUpgrade) server.on("upgrade", options.onUpgrade);
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  if (!address || typeof address === "string")
    throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {http.IncomingMessage} request */
function pathOf(request) {
  return decodeURIComponent(
    new URL(request.url ?? "/", "http://local").pathname,
  );
}

/**
 * The file that an address stands for, or null where it would leave its folder.
 * @param {string} address
 * @param {Record<string, string>} folders
 */
function fileOf(address, folders) {
  const prefix = Object.keys(folders)
    .filter((name) => address.startsWith(name))
    .sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) return null;
  const folder = path.resolve(/** @type {string} */ (folders[prefix]));
  const rest = address.slice(prefix.length) || "index.html";
  const file = path.resolve(
    folder,
    rest.endsWith("/") ? `${rest}index.html` : rest,
  );
  return file.startsWith(folder + path.sep) ? file : null;
}

/**
 * The first and last byte that are asked for; null: all of it, "bad": outside of the file.
 * @param {string | undefined} range
 * @param {number} size
 */
function bytesOf(range, size) {
  const found = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return null;
  const first =
    found[1] === "" ? Math.max(0, size - Number(found[2])) : Number(found[1]);
  const last =
    found[1] === "" || found[2] === ""
      ? size - 1
      : Math.min(size - 1, Number(found[2]));
  return first > last ? "bad" : { first, last };
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {Options} options
 */
async function answer(request, response, options) {
  const { folders, isolated, fault, handle } = options;
  if (await handle?.(request, response)) return;
  const address = pathOf(request);
  const planted = fault?.({ path: address, range: request.headers.range });
  const file = fileOf(address, folders);
  const stat = file ? await files.stat(file).catch(() => null) : null;
  if (typeof planted === "number") return void response.writeHead(planted);
  if (!file || !stat?.isFile()) return void response.writeHead(404);
  const tag = `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}"`;
  if (isolated) {
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  }
  response.setHeader(
    "Content-Type",
    TYPES.get(path.extname(file)) ?? "application/octet-stream",
  );
  response.setHeader("ETag", tag);
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("Cache-Control", "no-cache");
  if (request.headers["if-none-match"] === tag)
    return void response.writeHead(304);
  const bytes = bytesOf(request.headers.range, stat.size);
  if (bytes === "bad")
    return void response.writeHead(416, {
      "Content-Range": `bytes */${stat.size}`,
    });
  const first = bytes?.first ?? 0;
  const last = bytes?.last ?? stat.size - 1;
  response.writeHead(bytes ? 206 : 200, {
    "Content-Length": last - first + 1,
    ...(bytes && { "Content-Range": `bytes ${first}-${last}/${stat.size}` }),
  });
  if (request.method === "HEAD" || stat.size === 0) return;
  const end = planted === "drop" ? first + ((last - first) >> 1) : last;
  await send(file, first, end, response);
  if (planted === "drop") response.destroy();
}

/**
 * @param {string} file
 * @param {number} start
 * @param {number} end
 * @param {http.ServerResponse} response
 */
function send(file, start, end, response) {
  return new Promise((resolve) => {
    const stream = createReadStream(file, { start, end });
    stream.on("end", resolve);
    stream.on("error", resolve);
    response.on("close", resolve);
    stream.pipe(response, { end: false });
  });
}
