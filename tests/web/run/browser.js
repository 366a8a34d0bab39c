// Real browsers behind one small interface: Chromium over its own protocol, Firefox over WebDriver
// BiDi. CUTROOM_BROWSER says which one a test file drives.
import { promises as files } from "node:fs";
import os from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";

export const browserName =
  process.env.CUTROOM_BROWSER === "firefox" ? "firefox" : "chromium";
export const isFirefox = browserName === "firefox";

/** How long a test waits for anything, on a machine of two slow cores. */
export const DEADLINE_MS = 90_000;

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

/** What the driver adds, so that tabs in the background are as fast as the one in front. */
const KEEPS_AWAKE = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

/** @param {string} downloads */
const firefoxPreferences = (downloads) => ({
  "browser.download.folderList": 2,
  "browser.download.dir": downloads,
  "browser.download.useDownloadDir": true,
  "browser.download.alwaysOpenPanel": false,
  "media.autoplay.default": 0,
  "network.http.http3.enable": false,
});

/**
 * Starts a browser with a fresh profile, or with that of one that was killed. Its downloads come to [downloads].
 * @param {{ executable?: string, flags?: string[], home?: string, hidesTabs?: boolean }} [options] [flags] are
 *   Chromium's; hidesTabs: a tab behind another is slowed down, as a person's is
 */
export async function startBrowser(options = {}) {
  const home =
    options.home ??
    (await files.mkdtemp(path.join(os.tmpdir(), "cutroom-web-")));
  const downloads = path.join(home, "downloads");
  await files.mkdir(downloads, { recursive: true });
  const browser = await puppeteer.launch({
    browser: isFirefox ? "firefox" : "chrome",
    executablePath:
      options.executable ??
      (isFirefox
        ? (process.env.CUTROOM_FIREFOX ?? "/usr/bin/firefox-esr")
        : (process.env.CUTROOM_CHROMIUM ?? "/usr/bin/chromium")),
    headless: true,
    userDataDir: path.join(home, "profile"),
    timeout: DEADLINE_MS,
    // One question may last as long as a film is made.
    protocolTimeout: 5 * 60 * 1000,
    ignoreDefaultArgs: options.hidesTabs ? KEEPS_AWAKE : undefined,
    args: isFirefox ? [] : [...CHROMIUM_FLAGS, ...(options.flags ?? [])],
    ...(isFirefox
      ? { extraPrefsFirefox: firefoxPreferences(downloads) }
      : { downloadBehavior: { policy: "allow", downloadPath: downloads } }),
  });
  return {
    browser,
    home,
    downloads,
    /** Ends it at once, as a power cut would; its home stays. */
    async kill() {
      const process = browser.process();
      if (!process) throw new Error("The browser is not a process of ours.");
      const ended = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGKILL");
      await ended;
    },
    async close() {
      await browser.close();
      await files.rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Waits until [ready] gives something that is true; says [what] was awaited where it never does.
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} ready
 * @returns {Promise<T>}
 */
export async function until(what, ready, deadline = DEADLINE_MS) {
  const end = Date.now() + deadline;
  for (;;) {
    const value = await ready();
    if (value) return value;
    if (Date.now() > end)
      throw new Error(`After ${deadline / 1000} s still not: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
