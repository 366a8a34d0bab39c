// The server's side of a WebSocket (RFC 6455), as far as tests need it: short text frames.
import { createHash } from "node:crypto";

const KEY_END = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const CLOSE = 8;

/** @param {string} text */
function frameOf(text) {
  const body = Buffer.from(text);
  const { length } = body;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65536 ? 4 : 10);
  head[0] = 0x80 | TEXT;
  head[1] = length < 126 ? length : length < 65536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, body]);
}

/**
 * The first whole frame of [bytes], and what follows it; null: it has not all arrived.
 * @param {Buffer} bytes
 */
function firstFrame(bytes) {
  const short = (bytes[1] ?? 0) & 0x7f;
  const from = short === 126 ? 8 : 6; // longer ones no test sends
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < from + length) return null;
  const mask = bytes.subarray(from - 4, from);
  const body = Buffer.from(bytes.subarray(from, from + length));
  for (let at = 0; at < body.length; at++) {
    body[at] = (body[at] ?? 0) ^ (mask[at % 4] ?? 0);
  }
  return {
    kind: (bytes[0] ?? 0) & 0x0f,
    text: body.toString(),
    rest: bytes.subarray(from + length),
  };
}

/**
 * Answers the request for a WebSocket; [onText] is told what the page says.
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:stream").Duplex} socket
 * @param {(text: string) => void} onText
 */
export function acceptSocket(request, socket, onText) {
  const accepted = createHash("sha1")
    .update(String(request.headers["sec-websocket-key"]) + KEY_END)
    .digest("base64");
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n" +
      `Connection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
  );
  let waiting = Buffer.alloc(0);
  socket.on("data", (part) => {
    waiting = Buffer.concat([waiting, part]);
    while (waiting.length >= 6) {
      const frame = firstFrame(waiting);
      if (!frame) return;
      waiting = Buffer.from(frame.rest);
      if (frame.kind === TEXT) onText(frame.text);
      if (frame.kind === CLOSE) socket.end();
    }
  });
  socket.on("error", () => socket.destroy());
  return {
    /** @param {object} message */
    say: (message) => socket.write(frameOf(JSON.stringify(message))),
    close: () => socket.destroy(),
  };
}
