import { personNow, serverInfo } from "@/server/client";
import { Live } from "@/server/live";
import { useStudio } from "@/state/studio";

let live: Live | null = null;
const followed = new Map<string, number>();

const without = <T>(all: Readonly<Record<string, T>>, id: string) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name !== id));

/** A page that was loaded without the network asks again so often. */
const AGAIN_MS = 5000;

/** Asks whether there is a server, as soon as anybody answers, and hears of its films from then on. Gives what ends it. */
export function followServer(): () => void {
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () =>
    void serverInfo().then(begin, () => {
      if (!isEnded) timer = setTimeout(ask, AGAIN_MS);
    });
  const begin = (found: Awaited<ReturnType<typeof serverInfo>>) => {
    if (isEnded) return;
    const door = found && "kind" in found ? found : null;
    const server = found && !("kind" in found) ? found : null;
    useStudio.setState({ server, door });
    if (server?.features.accounts)
      void personNow()
        .then((person) => useStudio.setState({ person }))
        .catch(() => undefined); // the films are shown all the same
    if (!server?.features.live) return;
    live = new Live({
      onFilms: (cards) => useStudio.setState({ cards }),
      onFilm: (film) =>
        useStudio.setState(({ films, gone }) => ({
          films: { ...films, [film.id]: film },
          gone: without(gone, film.id),
        })),
      onGone: (id) =>
        useStudio.setState(({ films, gone }) => ({
          films: without(films, id),
          gone: { ...gone, [id]: true },
        })),
      onConnection: (connection) => useStudio.setState({ connection }),
    });
    for (const id of followed.keys()) live.follow(id);
    for (const wait of waiting) wait();
  };
  ask();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    live?.close();
    live = null;
  };
}

const waiting = new Set<() => void>();

/** Calls [then] whenever a server was found. Gives what ends it. */
export function onServer(then: () => void): () => void {
  waiting.add(then);
  return () => waiting.delete(then);
}

/** The line to the server; null where there is none. */
export const serverLine = (): Live | null => live;

/** Hears of [id] until what it gives is called. */
export function followFilmState(id: string): () => void {
  followed.set(id, (followed.get(id) ?? 0) + 1);
  live?.follow(id);
  return () => {
    const left = (followed.get(id) ?? 1) - 1;
    if (left > 0) followed.set(id, left);
    else {
      followed.delete(id);
      live?.unfollow(id);
    }
  };
}
