import { serverAddress } from "@/server/client";
import { mergePatch } from "@/server/merge_patch";
import type {
  FilmCard,
  FilmState,
  Here,
  LiveMessage,
  LiveRequest,
  PersonHere,
  ServerFault,
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

/** An edit as it was decided, or is wished for. */
export interface LiveEdit {
  id: string;
  name: string;
  edit: unknown;
}

/** What is told to whoever edits a film's project. */
export interface ProjectEvents {
  /** The project as it is after edit number [seq]: nothing was heard before, or too much was missed. */
  onWhole(seq: number, project: unknown): void;
  /** The next edit for all, in order and each once. */
  onEdit(edit: LiveEdit & { seq: number; person: string }): void;
  /** It had been decided before, as number [seq]. */
  onKnown(id: string, seq: number): void;
  onRefused(id: string, error: ServerFault["error"]): void;
  onPeople(people: PersonHere[]): void;
  /** There is no such project, or it is no more for us. */
  onGone(): void;
  /** The line is there (again): what was not decided yet is to be said (again). */
  onLine(): void;
}

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 8000;

interface Followed {
  /** Of the last change that arrived; null: nothing yet. */
  seq: number | null;
  state: FilmState | null;
}

/** A project that is edited here. */
interface Joined {
  /** Of the last edit that arrived; null: nothing yet. */
  seq: number | null;
  events: ProjectEvents;
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
  private readonly projects = new Map<string, Joined>();

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

  /** The film's project, from edit number [since] on (null: whole), until leave. */
  join(film: string, since: number | null, events: ProjectEvents): void {
    this.projects.set(film, { seq: since, events });
    if (this.socket?.readyState === WebSocket.OPEN) this.subscribe(film);
  }

  leave(film: string): void {
    if (this.projects.delete(film))
      this.say({ type: "unsubscribe", film, project: true });
  }

  /** Lost where there is no connection: it is to be said again on the next line. */
  edit(film: string, edit: LiveEdit): void {
    this.say({ type: "edit", film, ...edit });
  }

  here(film: string, here: Here): void {
    this.say({ type: "here", film, here });
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
    for (const film of this.projects.keys()) this.subscribe(film);
  }

  private subscribe(film: string): void {
    const joined = this.projects.get(film);
    if (!joined) return;
    const since = joined.seq === null ? {} : { since: joined.seq };
    this.say({ type: "subscribe", film, project: true, ...since });
    joined.events.onLine();
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
        return this.forget(message.film);
      case "current":
      case "refused":
        return;
      default: {
        const joined = this.projects.get(message.film);
        if (joined) hearOfProject(joined, message);
      }
    }
  }

  private forget(film: string): void {
    if (this.films.delete(film)) this.events.onGone(film);
    const joined = this.projects.get(film);
    this.projects.delete(film);
    joined?.events.onGone();
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

type ProjectMessage = Extract<
  LiveMessage,
  { type: "project" | "edit" | "edit-known" | "edit-refused" | "people" }
>;

function hearOfProject(joined: Joined, message: ProjectMessage): void {
  const { events } = joined;
  switch (message.type) {
    case "project":
      joined.seq = message.seq;
      return events.onWhole(message.seq, message.project);
    case "edit":
      if (joined.seq !== null && message.seq <= joined.seq) return;
      joined.seq = message.seq;
      return events.onEdit(message);
    case "edit-known":
      return events.onKnown(message.id, message.seq);
    case "edit-refused":
      return events.onRefused(message.id, message.error);
    case "people":
      return events.onPeople(message.people);
  }
}
