/** What was kept at [place], or [otherwise]; a page that may keep nothing begins anew each time. */
export function remembered<T>(place: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(place);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** Keeps [value] for the next time, where that is possible. */
export function remember(place: string, value: unknown) {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {
    // It holds until the page is closed.
  }
}
