// Media from an R2 bucket by RFC 9110: what to answer is decided by server/range (edge.wasm), so
// that the edge answers as the native server does. The bucket is asked for plain stretches only.

import module from "./edge.wasm";

const FIELDS = [
  "Range",
  "If-Range",
  "If-Match",
  "If-None-Match",
  "If-Modified-Since",
  "If-Unmodified-Since",
];
const FIELD_ETAG = 6;
const FIELD_TYPE = 7;
const KEY = /^\/asset\/([0-9a-f]{64})$/;

/** @type {any} what edge.c exports */
const edge = new WebAssembly.Instance(module).exports;

/** @param {number} address */
function textAt(address) {
  const bytes = new Uint8Array(edge.memory.buffer);
  return new TextDecoder().decode(
    bytes.subarray(address, bytes.indexOf(0, address)),
  );
}

/**
 * Writes a field; false when it is too long to be judged.
 * @param {number} index
 * @param {string} text
 */
function writeField(index, text) {
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);
  if (bytes.length >= edge.field_bytes()) return false;
  const room = new Uint8Array(edge.memory.buffer, edge.field(index));
  room.set(bytes);
  room[bytes.length] = 0;
  return true;
}

/**
 * The decision, or null when a field is too long.
 * @param {Request} request
 * @param {any} object what the bucket says of it, or null
 * @param {string} key
 */
function decide(request, object, key) {
  let given = (1 << FIELD_ETAG) | (1 << FIELD_TYPE);
  for (const [index, name] of FIELDS.entries()) {
    const value = request.headers.get(name);
    if (value === null) continue;
    if (!writeField(index, value)) return null;
    given |= 1 << index;
  }
  const type = object?.httpMetadata?.contentType ?? "application/octet-stream";
  writeField(FIELD_ETAG, `"${key}"`);
  writeField(FIELD_TYPE, type);
  const modified = modifiedOf(object);
  const status = edge.decide(
    given,
    request.method === "HEAD" ? 1 : 0,
    object ? 1 : 0,
    BigInt(object?.size ?? 0),
    BigInt(modified),
    BigInt(Math.floor(Date.now() / 1000)),
  );
  return planOf(status, type, modified);
}

/** @param {any} object */
function modifiedOf(object) {
  const kept = object?.customMetadata?.modified;
  if (kept && /^\d{1,12}$/.test(kept)) return Number(kept);
  return object ? Math.floor(object.uploaded.getTime() / 1000) : 0;
}

/**
 * All of the decision at once: the next request writes over it.
 * @param {number} status
 * @param {string} type
 * @param {number} modified
 */
function planOf(status, type, modified) {
  const parts = [];
  const boundary = textAt(edge.boundary());
  for (let i = 0; i < edge.part_count(); i++) {
    parts.push({
      offset: Number(edge.part_first(i)),
      length: Number(edge.part_bytes(i)),
      head: boundary ? textAt(edge.part_head(i)) : "",
    });
  }
  return {
    status,
    type,
    date: textAt(edge.date(BigInt(modified))),
    length: Number(edge.content_length()),
    range: textAt(edge.content_range()),
    boundary,
    parts,
    end: boundary ? textAt(edge.part_head(parts.length)) : "",
  };
}

/**
 * @param {any} plan
 * @param {string} key
 */
function headersOf(plan, key) {
  const headers = new Headers({
    ETag: `"${key}"`,
    "Last-Modified": plan.date,
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
  });
  if (plan.range) headers.set("Content-Range", plan.range);
  if (plan.boundary) {
    headers.set(
      "Content-Type",
      `multipart/byteranges; boundary=${plan.boundary}`,
    );
  } else if (plan.status !== 304) headers.set("Content-Type", plan.type);
  return headers;
}

/**
 * One part after the other into the body; a bucket that fails breaks it off.
 * @param {any} bucket
 * @param {any} object of which every part must still be
 * @param {any} plan
 * @param {WritableStream} out
 */
async function sendParts(bucket, object, plan, out) {
  const encoder = new TextEncoder();
  try {
    for (const part of plan.parts) {
      await write(out, encoder.encode(part.head));
      const { offset, length } = part;
      const found = await bucket.get(object.key, {
        range: { offset, length },
        onlyIf: { etagMatches: object.etag },
      });
      if (!found?.body) throw new Error("The object was changed meanwhile.");
      await found.body.pipeTo(out, { preventClose: true });
    }
    await write(out, encoder.encode(plan.end));
    await out.close();
  } catch (error) {
    await out.abort(error).catch(() => {});
  }
}

/**
 * @param {WritableStream} out
 * @param {Uint8Array} bytes
 */
async function write(out, bytes) {
  if (bytes.length === 0) return;
  const writer = out.getWriter();
  await writer.write(bytes);
  writer.releaseLock();
}

/** @param {number} status @param {string} text */
function say(status, text) {
  return new Response(`${text}\n`, { status });
}

export default {
  /**
   * @param {Request} request
   * @param {any} environment its MEDIA is the bucket
   * @param {any} context
   */
  async fetch(request, environment, context) {
    const key = KEY.exec(new URL(request.url).pathname)?.[1];
    if (request.method !== "GET" && request.method !== "HEAD")
      return say(405, "Only GET and HEAD are answered here.");
    const object = key ? await environment.MEDIA.head(key) : null;
    const plan = decide(request, object, key ?? "");
    if (!plan) return say(431, "A field of the request is too long.");
    if (!object || !key)
      return say(plan.status, "There is no asset with this key.");
    const headers = headersOf(plan, key);
    if (request.method === "HEAD") {
      headers.set("Content-Length", String(plan.length));
      return new Response(null, { status: plan.status, headers });
    }
    if (plan.parts.length === 0 || plan.length === 0)
      return new Response(null, { status: plan.status, headers });
    const body = new FixedLengthStream(plan.length);
    context.waitUntil(
      sendParts(environment.MEDIA, object, plan, body.writable),
    );
    return new Response(body.readable, { status: plan.status, headers });
  },
};
