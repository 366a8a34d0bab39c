// The files of the page and of the engine, kept by what is in them: a version of the page that was
// taken apart by a change on the host half-way is never put together from two.

/** One file of the built folder. */
export interface KeptFile {
  /** Below the worker's scope. */
  path: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  hash: string;
}

/** Of use only where the browser shares no memory: kept once it was asked for. */
const ON_DEMAND = "engine/single/";

const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** What a browser insists on, and simple hosts do not know. */
const TYPES: Record<string, string> = {
  mjs: "text/javascript",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

/** [answer] as an isolated page and its workers need it, whatever the host sends. */
export function isolated(answer: Response, path: string): Response {
  const headers = new Headers(answer.headers);
  // Of the bytes as they travelled; the body is what was in them.
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  for (const [name, value] of Object.entries(ISOLATION))
    if (!headers.has(name)) headers.set(name, value);
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
  if (type && answer.ok) headers.set("Content-Type", type);
  const { status, statusText } = answer;
  return new Response(answer.body, { status, statusText, headers });
}

/** The files of one version, in the cache that all versions share. */
export class Files {
  readonly #byPath: Map<string, KeptFile>;
  readonly #cacheName: string;

  constructor(
    private readonly scope: string,
    files: readonly KeptFile[],
  ) {
    this.#byPath = new Map(files.map((file) => [file.path, file]));
    this.#cacheName = `cutroom ${new URL(scope).pathname}`;
  }

  /** The file that a request is for; undefined: it is none of ours, and nothing is done about it. */
  fileOf(request: Request): KeptFile | undefined {
    const isWhole = request.method === "GET" && !request.headers.has("Range");
    const { origin, pathname } = new URL(request.url);
    if (!isWhole || !(origin + pathname).startsWith(this.scope))
      return undefined;
    const path = (origin + pathname).slice(this.scope.length);
    return this.#byPath.get(decodeURI(path) || "index.html");
  }

  /** Whether [request] may be for a part of an earlier version, which a tab goes on with. */
  isEarlier({ url, method }: Request): boolean {
    return method === "GET" && url.startsWith(`${this.scope}assets/`);
  }

  /** What an earlier version kept under the address of [request]: names of parts are never used again. */
  async keptEarlier(request: Request): Promise<Response | undefined> {
    return (await this.#cache()).match(request, { ignoreSearch: true });
  }

  /** What is kept of [file]. */
  async kept(file: KeptFile): Promise<Response | undefined> {
    return (await this.#cache()).match(this.#keyOf(file));
  }

  /** Keeps what the host gave for [file] if it is that file. False: the host has another version of it. */
  async keep(file: KeptFile, answer: Response): Promise<boolean> {
    const { status, statusText, headers } = answer;
    const bytes = await answer.arrayBuffer();
    if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== file.hash)
      return false;
    const whole = new Response(bytes, { status, statusText, headers });
    const cache = await this.#cache();
    await cache.put(this.#keyOf(file), isolated(whole, file.path));
    return true;
  }

  /** Brings what is not kept yet; `isPage`: only what the page itself is made of, not the engine. */
  async fill(isPage: boolean): Promise<void> {
    const known = new Set(
      (await (await this.#cache()).keys()).map(
        ({ url }) => new URL(url).pathname,
      ),
    );
    for (const file of this.#byPath.values()) {
      const isEngine = file.path.startsWith("engine/");
      const wasUsed = known.has(new URL(file.path, this.scope).pathname);
      const isWanted = !file.path.startsWith(ON_DEMAND) || wasUsed;
      if (isWanted && !(isPage && isEngine)) await this.#bring(file);
    }
  }

  /** Drops what only earlier versions had. */
  async tidy(): Promise<void> {
    const cache = await this.#cache();
    const keys = new Set([...this.#byPath.values()].map((f) => this.#keyOf(f)));
    for (const request of await cache.keys())
      if (!keys.has(request.url)) await cache.delete(request);
  }

  /** Where [file] is on the host. Its folder stands for the page: not every host gives it by its name. */
  addressOf({ path }: KeptFile): string {
    return new URL(path === "index.html" ? "./" : path, this.scope).href;
  }

  async #bring(file: KeptFile): Promise<void> {
    if (await this.kept(file)) return;
    const answer = await fetch(this.addressOf(file), { cache: "no-cache" });
    if (!answer.ok)
      throw new Error(`${file.path} is not there (HTTP ${answer.status}).`);
    if (!(await this.keep(file, answer)))
      throw new Error(`${file.path} is of another version on this host.`);
  }

  #cache(): Promise<Cache> {
    return caches.open(this.#cacheName);
  }

  #keyOf({ path, hash }: KeptFile): string {
    return new URL(`${path}?sha256=${hash}`, this.scope).href;
  }
}
