// Threads on a host that does not isolate the page: the service worker adds the headers, and the page is
// loaded again once, before anything was begun with it.
import { useOffline } from "@/state/offline";

const MARK = "cutroom-isolated";

/** How long the engine waits for the worker. A slower network is no reason to keep anybody waiting. */
const PATIENCE_MS = 5000;

const isLoadedAgain = () => {
  try {
    return sessionStorage.getItem(MARK) !== null;
  } catch {
    return true; // without a memory it could go on for ever
  }
};

/** Loaded whole: a page that is loaded again before may stay as it is. */
const loaded = () =>
  document.readyState === "complete"
    ? Promise.resolve()
    : new Promise<void>((resolve) => {
        window.addEventListener("load", () => resolve(), { once: true });
      });

/** Has a worker that serves: also a page that was loaded past it (Shift and Reload). */
async function activated(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  if (!active || active.state === "activated") return;
  await new Promise<void>((resolve) => {
    active.addEventListener("statechange", () => resolve(), { once: true });
  });
}

/** Resolves to whether a worker came to serve this page in time. */
function served(): Promise<boolean> {
  return Promise.race([
    Promise.all([loaded(), activated()]).then(() => true),
    new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), PATIENCE_MS);
    }),
  ]);
}

/**
 * Loads the page again; sooner than that it never resolves. A browser may keep the page that was left and
 * show it where the user loads the page again: one that holds a lock is not kept, and one that was all the
 * same goes on.
 */
async function loadAgain(): Promise<never> {
  sessionStorage.setItem(MARK, "1");
  window.addEventListener("pageshow", () => location.reload());
  await new Promise<void>((resolve) => {
    const held = () => {
      resolve();
      return new Promise(() => undefined);
    };
    void navigator.locks.request(MARK, { mode: "shared" }, held);
  });
  location.reload();
  return new Promise(() => undefined);
}

/** Resolves when the engine may start: isolated, or as it is where that cannot be had. */
export async function settleIsolation(hasWorker: boolean): Promise<void> {
  if (crossOriginIsolated) {
    try {
      sessionStorage.removeItem(MARK);
    } catch {
      // Nothing was remembered either.
    }
    return;
  }
  if (!hasWorker || isLoadedAgain()) return;
  if (await served()) await loadAgain();
  // It came too late to load the page again unasked.
  void navigator.serviceWorker.ready.then(() =>
    useOffline.setState(({ news }) => ({
      news: news === "none" ? "threads" : news,
    })),
  );
}
