/** Whether the user could be told outside of the page, and has not been asked yet. */
export const mayAskToTell = () =>
  "Notification" in window && Notification.permission === "default";

/** Asks whether the page may tell of what is done while nobody looks at it. */
export const askToTell = () => Notification.requestPermission();

/** Tells that [what] is done, where nobody looks at the page and the user wished it. */
export function tellDone(what: string, sentence: string) {
  if (!document.hidden || !("Notification" in window)) return;
  if (Notification.permission !== "granted") return;
  try {
    const note = new Notification(what, { body: sentence, tag: what });
    note.onclick = () => {
      window.focus();
      note.close();
    };
  } catch {
    // This browser tells only through a service worker; the page's title says it, too.
  }
}
