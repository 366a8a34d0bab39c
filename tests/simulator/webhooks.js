// @ts-check
// Webhooks as Replicate sends them: signed by Standard Webhooks, only the last one tried again.
import { createHmac, randomBytes } from "node:crypto";

/** Between tries of one that was not taken. */
const RETRY_MS = [50, 200, 1000, 4000];

/**
 * @param {string} secret "whsec_…"
 * @param {string} id
 * @param {string} timestamp
 * @param {string} body
 */
export function sign(secret, id, timestamp, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** A new secret. */
export function makeSecret() {
  return `whsec_${randomBytes(24).toString("base64")}`;
}

/**
 * @param {string} address
 * @param {string} body
 * @param {Record<string, string>} headers
 */
async function post(address, body, headers) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { ...headers, "content-type": "application/json" },
      redirect: "manual",
    });
    return answer.status;
  } catch {
    return 0;
  }
}

/**
 * @param {{address: string, secret: string, id: string, isLast: boolean, twice: boolean, forged: boolean}} how
 * @param {unknown} prediction
 */
export async function deliver(how, prediction) {
  const body = JSON.stringify(prediction);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = how.forged ? makeSecret() : how.secret;
  const headers = {
    "webhook-id": how.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": sign(secret, how.id, timestamp, body),
  };
  if (how.twice) await post(how.address, body, headers);
  for (const wait of how.isLast ? RETRY_MS : [0]) {
    const status = await post(how.address, body, headers);
    if (status >= 200 && status < 400) return;
    await new Promise((resolve) => setTimeout(resolve, wait).unref());
  }
}
