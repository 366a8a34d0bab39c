// The page's side of its service worker: registers it, hears of new versions, and takes them at the
// user's wish only.
import { useOffline } from "@/state/offline";
import { settleIsolation } from "./isolation";
import type { FromWorker, ToWorker } from "./messages";

/** How often a page that stays open asks for a new version. */
const ASK_EVERY_MS = 60 * 60 * 1000;

/** Only a built page has one, and only where the browser trusts the connection. */
const hasWorker =
  import.meta.env.PROD &&
  import.meta.env.MODE !== "fake" &&
  window.isSecureContext &&
  "serviceWorker" in navigator;

let registered: Promise<ServiceWorkerRegistration | null> | null = null;
let isWished = false;

const tell = (worker: ServiceWorker | null, message: ToWorker) =>
  worker?.postMessage(message);

/** A worker that is installed beside the one that serves is a new version. */
function watch(worker: ServiceWorker | null) {
  if (!worker || !navigator.serviceWorker.controller) return;
  const look = () => {
    if (worker.state === "installed") useOffline.setState({ news: "waiting" });
  };
  worker.addEventListener("statechange", look);
  look();
}

function follow(registration: ServiceWorkerRegistration) {
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () =>
    watch(registration.installing),
  );
  // Without the network there is nothing new to be had.
  const ask = () => void registration.update().catch(() => undefined);
  setInterval(ask, ASK_EVERY_MS);
  window.addEventListener("online", ask);
}

async function register(): Promise<ServiceWorkerRegistration | null> {
  try {
    const address = new URL("sw.js", document.baseURI);
    const options = { updateViaCache: "none" } as const;
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(address, options);
    follow(registration);
    return registration;
  } catch (error) {
    // A private window, or a browser told to keep nothing: the page works as it would without.
    useOffline.setState({ why: error instanceof Error ? error.message : "" });
    return null;
  }
}

function listen() {
  const { serviceWorker } = navigator;
  let served = serviceWorker.controller;
  serviceWorker.addEventListener("controllerchange", () => {
    const isFirst = served === null;
    served = serviceWorker.controller;
    if (isWished) location.reload();
    else if (!isFirst) useOffline.setState({ news: "elsewhere" });
  });
  serviceWorker.addEventListener("message", ({ data }) => {
    const { kind, why } = data as FromWorker;
    if (kind === "filled") useOffline.setState({ isReady: why === "", why });
  });
}

/** Registers the worker; resolves when the engine may start, which is once the page has its threads. */
export async function startOffline(): Promise<void> {
  if (hasWorker && !registered) {
    listen();
    registered = register();
  }
  const worker = hasWorker && (await registered) !== null;
  await settleIsolation(worker);
}

/** Has the engine kept, too, once it is there and nobody waits for the network any more. */
export async function keepForOffline(): Promise<void> {
  if (!(await registered)) return;
  const { active } = await navigator.serviceWorker.ready;
  tell(active, { kind: "fill" });
}

/** Loads the page again as what is new. The edits must be kept before. */
export async function takeNews(): Promise<void> {
  const waiting = (await registered)?.waiting;
  if (!waiting) return location.reload();
  isWished = true;
  tell(waiting, { kind: "takeOver" });
}
