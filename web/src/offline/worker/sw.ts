// The service worker: the page and the engine without the network, and the headers that give the page
// threads where the host sends none. Everything else (the API, media and their ranges) passes it by.
import { Files, isolated, type KeptFile } from "./files";
import type { ToWorker } from "../messages";

declare const self: ServiceWorkerGlobalScope & {
  /** Written in front of this script when the folder is complete: web/offline_files.js. */
  cutroomFiles?: readonly KeptFile[];
};

const files = new Files(self.registration.scope, self.cutroomFiles ?? []);

async function answer(event: FetchEvent, file: KeptFile): Promise<Response> {
  const kept = await files.kept(file);
  if (kept) return kept;
  const { mode } = event.request;
  // A page is fetched anew under its own address: a request to navigate cannot be sent again.
  const fresh = await fetch(
    mode === "navigate" ? files.addressOf(file) : event.request,
  );
  if (fresh.ok) {
    const copy = fresh.clone();
    const keeping = files.keep(file, copy).then(async (isSame) => {
      if (!isSame) await self.registration.update();
    });
    // Without room, or a network for the update, the file was given all the same.
    event.waitUntil(keeping.catch(() => undefined));
  }
  return isolated(fresh, file.path);
}

async function earlier(request: Request): Promise<Response> {
  return (await files.keptEarlier(request)) ?? fetch(request);
}

/** The first worker begins at once, with little; a later one waits with everything until it is asked. */
async function install(): Promise<void> {
  const isFirst = self.registration.active === null;
  if (!isFirst) return files.fill(false);
  // What fails here is asked for again by the page, which hears why; threads come in any case.
  await files.fill(true).catch(() => undefined);
  await self.skipWaiting();
}

async function activate() {
  // Other tabs may be about to ask for parts of the version that they began with.
  if ((await self.clients.matchAll()).length <= 1) await files.tidy();
}

/**
 * Keeps the rest, and only then serves pages that came without it: of one that only begins, Firefox lets
 * requests of such pages wait for ever.
 */
async function fill(source: ExtendableMessageEvent["source"]) {
  try {
    await files.fill(false);
    source?.postMessage({ kind: "filled", why: "" });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    source?.postMessage({ kind: "filled", why });
  }
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const file = files.fileOf(request);
  if (file) event.respondWith(answer(event, file));
  else if (files.isEarlier(request)) event.respondWith(earlier(request));
});
self.addEventListener("message", (event) => {
  const { kind } = event.data as ToWorker;
  event.waitUntil(
    kind === "takeOver" ? self.skipWaiting() : fill(event.source),
  );
});
