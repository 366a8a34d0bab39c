import { serverAddress } from "@/server/client";
import { mergePatch } from "@/server/merge_patch";
import type {
  FilmCard,
  FilmState,
  LiveMessage,
  LiveRequest,
} from "@/server/types";

/** How the page hears of changes: `live`, or trying again since `since` (milliseconds since 1970). */
export type Connection =
  { kind: "live" } | { kind: "connecting" } | { kind: "lost"; since: number };

export interface LiveEvents {
  onFilms(films: FilmCard[]): void;
  onFilm(state: FilmState): void;
  onGone(film: string): void;
  onConnection(connection: Connection): void;
}

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 8000;

interface Followed {
  /** Of the last change that arrived; null: nothing yet. */
  seq: number | null;
  state: FilmState | null;
}

/**
 * One WebSocket for all that the page follows. A connection that is lost is made again, later each time;
 * what was followed goes on after the last change that arrived, without a gap.
 */
export class Live {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private lostSince = 0;
  private isClosed = false;
  private readonly films = new Map<string, Followed>();

  constructor(private readonly events: LiveEvents) {
    events.onConnection({ kind: "connecting" });
    this.connect();
    addEventListener("online", this.connectNow);
  }

  /** The film is told as it stands, then at each change, until unfollow. */
  follow(film: string): void {
    if (this.films.has(film)) return;
    this.films.set(film, { seq: null, state: null });
    this.say({ type: "subscribe", film });
  }

  unfollow(film: string): void {
    if (this.films.delete(film)) this.say({ type: "unsubscribe", film });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.connectNow);
    this.socket?.close();
  }

  private readonly connectNow = () => {
    if (this.socket || this.isClosed) return;
    clearTimeout(this.timer);
    this.connect();
  };

  private connect(): void {
    const address = serverAddress("api/live");
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => this.begin();
    socket.onmessage = ({ data }) =>
      this.hear(JSON.parse(String(data)) as LiveMessage);
    socket.onclose = () => this.connectLater();
  }

  private begin(): void {
    this.tries = 0;
    this.lostSince = 0;
    this.events.onConnection({ kind: "live" });
    this.say({ type: "subscribe", films: true });
    for (const [film, { seq }] of this.films)
      this.say({
        type: "subscribe",
        film,
        ...(seq === null ? {} : { since: seq }),
      });
  }

  private connectLater(): void {
    this.socket = null;
    if (this.isClosed) return;
    this.lostSince ||= Date.now();
    this.events.onConnection({ kind: "lost", since: this.lostSince });
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries++);
    // Pages that lost the same server do not all come back at once.
    this.timer = setTimeout(
      () => this.connect(),
      wait * (0.5 + Math.random() / 2),
    );
  }

  private say(request: LiveRequest): void {
    if (this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify(request));
  }

  private hear(message: LiveMessage): void {
    switch (message.type) {
      case "films":
        return this.events.onFilms(message.films);
      case "snapshot":
        return this.keep(message.film, message.seq, message.state);
      case "patch":
        return this.change(message.film, message.seq, message.patch);
      case "gone":
        this.films.delete(message.film);
        return this.events.onGone(message.film);
    }
  }

  private keep(film: string, seq: number, state: FilmState): void {
    const followed = this.films.get(film);
    if (!followed) return;
    followed.seq = seq;
    followed.state = state;
    this.events.onFilm(state);
  }

  private change(film: string, seq: number, patch: object): void {
    const followed = this.films.get(film);
    if (!followed?.state || followed.seq === null) return;
    if (seq <= followed.seq) return;
    if (seq === followed.seq + 1)
      this.keep(film, seq, mergePatch(followed.state, patch) as FilmState);
    else this.say({ type: "subscribe", film });
  }
}
