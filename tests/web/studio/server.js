// A running `cutroom serve` with films of its own, for tests; it serves the built page.
import { spawn } from "node:child_process";
import { promises as files } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DEADLINE_MS } from "../run/browser.js";

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../..",
);

/** The program under test. */
export const program = process.env.CUTROOM ?? path.join(root, "build/cutroom");

/**
 * @typedef {object} Options
 * @property {string} [page] the folder of the page
 * @property {Record<string, string>} [environment] beside the tests' own
 * @property {boolean} [accounts] people sign in; the link invites the first
 */

/** The first line that [child] prints. @param {import("node:child_process").ChildProcess} child */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error("The server did not say where it is.")),
      DEADLINE_MS,
    );
    child.once("exit", (code) =>
      reject(new Error(`The server ended with ${code}.`)),
    );
    if (!child.stdout) throw new Error("The server cannot be heard.");
    createInterface(child.stdout).once("line", (line) => {
      clearTimeout(late);
      resolve(line);
    });
  });
}

/** @param {Options} [options] */
export async function startStudio(options = {}) {
  const home = await files.mkdtemp(path.join(os.tmpdir(), "cutroom-films-"));
  const start = async (port = 0) => {
    const child = spawn(
      program,
      [
        ...["serve", "--quiet", "--port", `${port}`],
        ...(options.accounts ? ["--accounts"] : []),
        ...["--films", path.join(home, "films")],
        ...["--page", options.page ?? path.join(root, "build/web")],
      ],
      {
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          ...process.env,
          CUTROOM_DATA:
            process.env.CUTROOM_DATA ?? path.join(root, "build/data"),
          ...options.environment,
        },
      },
    );
    const link = new URL(await firstLine(child));
    return { child, link };
  };
  let { child, link } = await start();
  const end = (/** @type {NodeJS.Signals} */ signal) =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null)
        resolve(undefined);
      child.once("exit", resolve);
      child.kill(signal);
    });
  return {
    /** Opens the page once, with a session. */
    link: link.href,
    url: link.origin + "/",
    films: path.join(home, "films"),
    /** As if the machine had lost its power. */
    kill: () => end("SIGKILL"),
    /** At the same address, with the same films. */
    async restart() {
      ({ child } = await start(Number(link.port)));
    },
    async close() {
      await end("SIGTERM");
      await files.rm(home, { recursive: true, force: true });
    },
  };
}
