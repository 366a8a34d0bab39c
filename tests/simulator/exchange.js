// @ts-check
// One request and its answer: what every wire of the simulator is written with.

/** Bytes of one request's body that are taken at most: a file of Replicate's size and a little. */
const BODY_BYTES_MAX = 110 * 1024 * 1024;

export class Exchange {
  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   * @param {Buffer} body
   */
  constructor(request, response, body) {
    this.request = request;
    this.response = response;
    this.body = body;
    this.method = request.method ?? "GET";
    this.url = new URL(request.url ?? "/", "http://simulator");
    /** The path's parts after the wire's name, decoded. */
    this.parts = this.url.pathname
      .split("/")
      .filter(Boolean)
      .map(decodeURIComponent)
      .slice(1);
    /** Where this simulator is reached, without a slash at the end. */
    this.origin = `http://${request.headers.host ?? "127.0.0.1"}`;
    /** @type {string | null} the fault that the answer shall suffer */
    this.harm = null;
  }

  /** @param {string} name */
  header(name) {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(", ") : (value ?? "");
  }

  /** The key that came with it, without its scheme. */
  get key() {
    const bearer = this.header("authorization").replace(
      /^(Bearer|Token)\s+/i,
      "",
    );
    return bearer || this.header("xi-api-key") || this.header("x-goog-api-key");
  }

  /** The body as JSON, undefined when it is none. */
  json() {
    try {
      return JSON.parse(this.body.toString("utf8"));
    } catch {
      return undefined;
    }
  }

  /**
   * @param {number} status
   * @param {unknown} value
   * @param {Record<string, string>} [headers]
   */
  answer(status, value, headers = {}) {
    const type = headers["content-type"] ?? "application/json";
    this.send(status, Buffer.from(JSON.stringify(value)), {
      ...headers,
      "content-type": type,
    });
  }

  /**
   * @param {number} status
   * @param {Buffer} bytes
   * @param {Record<string, string>} headers
   */
  send(status, bytes, headers) {
    if (this.response.writableEnded || this.response.destroyed) return;
    let sent = bytes;
    if (this.harm === "hang") return;
    if (this.harm === "lost") return void this.response.destroy();
    if (this.harm === "empty") sent = Buffer.alloc(0);
    if (this.harm === "corrupt") sent = scrambled(bytes);
    if (this.harm === "json")
      sent = Buffer.from('{"this is": not what was agreed');
    this.response.writeHead(status, {
      ...headers,
      "content-length": String(sent.length),
    });
    if (this.harm === "cut" && sent.length > 1) {
      this.response.write(sent.subarray(0, sent.length >> 1), () =>
        this.response.destroy(),
      );
      return;
    }
    this.response.end(this.method === "HEAD" ? undefined : sent);
  }
}

/**
 * As long as it was, and nothing of it can be decoded.
 * @param {Buffer} bytes
 */
function scrambled(bytes) {
  return Buffer.from(
    bytes.map((byte, index) => byte ^ ((index * 31 + 85) & 255)),
  );
}

/** @param {import("node:http").IncomingMessage} request */
export async function readBody(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
