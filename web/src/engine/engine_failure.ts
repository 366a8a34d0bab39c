// Loads the engine's parts, and says why it cannot start or stopped in a sentence with what to do about it.

import { EngineError } from "./engine";

const BROWSERS = "A current Chromium, Chrome, Edge, Firefox or Safari can.";

// One function with a vector of 128 bits: what the engine's code is full of.
const VECTORS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8,
  0, 65, 0, 253, 15, 253, 98, 11,
]);

const nameOf = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

const broken = (url: string): EngineError =>
  new EngineError(
    "IO",
    url,
    "The engine did not arrive: the connection broke off or the server is gone. Check the connection, then try again.",
  );

const damaged = (url: string): EngineError =>
  new EngineError(
    "CORRUPT",
    url,
    "A part of the engine arrived damaged, or is of another version. Reload the page without its cache (Ctrl+Shift+R, or ⌘⇧R).",
  );

function refused(url: string, status: number): EngineError {
  const isMissing = status === 404 || status === 410;
  return isMissing
    ? new EngineError(
        "NOTFOUND",
        url,
        `The engine is not complete on this server: ${nameOf(url)} is not there (HTTP ${status}). Whoever runs the server has to add it; the page cannot do without.`,
      )
    : new EngineError(
        "IO",
        url,
        `The server does not give out the engine's ${nameOf(url)} (HTTP ${status}). Wait a moment, then try again.`,
      );
}

/** A file of the engine. Rejects with a sentence. */
export async function fetchPart(url: string): Promise<Response> {
  const answer = await fetch(url).catch(() => {
    throw broken(url);
  });
  if (!answer.ok) throw refused(url, answer.status);
  return answer;
}

/** The engine's code from `url`, compiled. Rejects with a sentence. */
export async function compilePart(url: string): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined")
    throw new EngineError(
      "UNSUPPORTED",
      "",
      "This browser does not run WebAssembly, which the engine is made of; a lockdown mode may have switched it off. Allow it for this page, or take another browser.",
    );
  if (!WebAssembly.validate(VECTORS))
    throw new EngineError(
      "UNSUPPORTED",
      "",
      `This browser is too old to run the engine: it lacks WebAssembly's vectors. ${BROWSERS}`,
    );
  const answer = await fetchPart(url);
  try {
    // A host that does not know the kind of file must not keep the engine from starting.
    return answer.headers.get("Content-Type") === "application/wasm"
      ? await WebAssembly.compileStreaming(answer)
      : await WebAssembly.compile(await answer.arrayBuffer());
  } catch (why) {
    if (why instanceof WebAssembly.CompileError) throw damaged(url);
    throw why instanceof RangeError ? startFailure(why, url) : broken(url);
  }
}

/** The engine's script from `url`, run. Rejects with a sentence. */
export async function importPart<T>(url: string): Promise<T> {
  try {
    return (await import(/* @vite-ignore */ url)) as T;
  } catch {
    // A browser does not say why; asking for the file again does.
    await fetchPart(url);
    throw damaged(url);
  }
}

/** Why the engine, which is all there, did not start: `why` as a sentence. */
export function startFailure(why: unknown, base: string): EngineError {
  if (why instanceof EngineError) return why;
  // A worker whose script does not come says nothing at all.
  if (why === undefined) return broken(base);
  const text = why instanceof Error ? why.message : String(why);
  // For whoever looks for the cause; the sentence is for whoever wants to go on.
  console.warn(`The engine did not start: ${text}`);
  if (why instanceof RangeError || /memory/i.test(text))
    return new EngineError(
      "NOMEM",
      "",
      "The browser has no memory for the engine. Close other tabs and programs, then try again.",
    );
  if (why instanceof WebAssembly.LinkError) return damaged(base);
  return new EngineError(
    "UNSUPPORTED",
    "",
    `The engine cannot start in this browser. Reload the page; if that does not help, take another browser. ${BROWSERS}`,
  );
}

function isFull(why: unknown): boolean {
  return why instanceof EngineError
    ? why.status === "NOSPACE"
    : why instanceof DOMException && why.name === "QuotaExceededError";
}

/** Why an export did not come to its end: `why`, but for a full disk with what to do about it. */
export function exportFailure(why: unknown): unknown {
  return isFull(why)
    ? new EngineError(
        "NOSPACE",
        "",
        "There is no room left for the film on this disk, or the browser gives this page no more of it. What was made is kept: make room, then resume the export.",
      )
    : why;
}

/** Why the engine stopped while it worked: `why` as a sentence. */
export function stopFailure(why: unknown): EngineError {
  const text = why instanceof Error ? why.message : String(why);
  console.warn(`The engine stopped: ${text}`);
  return /memory|OOM/i.test(text) && !/out of bounds/.test(text)
    ? new EngineError(
        "NOMEM",
        "",
        "The engine has no memory left. Close other tabs and programs, then reload the page: an unfinished export goes on from where it was.",
      )
    : new EngineError(
        "UNKNOWN",
        "",
        "The engine stopped by a fault of its own. Reload the page: an unfinished export goes on from where it was.",
      );
}
