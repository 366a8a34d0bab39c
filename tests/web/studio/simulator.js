// The simulator of the paid services (tests/simulator), started for a test and ended with it.
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../simulator/main.js",
);

/** Starts it; every answer takes [latency] milliseconds, and media are smaller than asked for. */
export async function startSimulator(latency = 100) {
  const child = spawn(
    process.execPath,
    [main, "--latency", `${latency}`, "--shrink", "8", "--seed", "1"],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    child.once("exit", (code) =>
      reject(new Error(`The simulator ended with ${code}.`)),
    );
    createInterface(child.stdout).once("line", resolve);
  });
  const ask = async (
    /** @type {string} */ name,
    /** @type {object | undefined} */ body,
  ) => {
    const answer = await fetch(`${url}/control/${name}`, {
      method: body ? "POST" : "GET",
      ...(body && { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  return {
    /** For a server that is to buy there. */
    environment: {
      OPENAI_API_KEY: "sk-secret-of-openai",
      REPLICATE_API_TOKEN: "r8_secret-of-replicate",
      ELEVENLABS_API_KEY: "xi-secret-of-elevenlabs",
      OPENAI_BASE_URL: `${url}/openai/v1`,
      REPLICATE_BASE_URL: `${url}/replicate/v1`,
      ELEVENLABS_BASE_URL: `${url}/elevenlabs`,
      CUTROOM_POLL_MS: "50",
    },
    /** What was paid for. @returns {Promise<{ entries: { model: string }[], twice: unknown[] }>} */
    bill: () => ask("bill", undefined),
    /** Troubles from now on. @param {object[]} rules */
    faults: (...rules) => ask("faults", { rules, seed: 1 }),
    close: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.stdin.end();
      }),
  };
}
