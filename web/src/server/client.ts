import type {
  Person,
  SignIn,
  Estimate,
  FilmCard,
  FilmState,
  Ledger,
  NewFilm,
  ServerFault,
  ServerInfo,
} from "@/server/types";

/** The address of [path] on the server that this page came from. */
export const serverAddress = (path: string) => new URL(path, document.baseURI);

/** What the server refused, or what it could not be asked; `message` is a sentence. */
export class ServerError extends Error {
  constructor(
    /** Of the answer; 0: there was none. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly place: string,
  ) {
    super(message);
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

async function faultOf(answer: Response): Promise<ServerError> {
  const text = await answer.text();
  try {
    const { error } = JSON.parse(text) as ServerFault;
    return new ServerError(
      answer.status,
      error.code,
      error.message,
      error.place,
    );
  } catch {
    return new ServerError(answer.status, "unknown", text.trim(), answer.url);
  }
}

async function exchange(
  method: Method,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const asked: RequestInit = { method, signal: signal ?? null };
  if (method !== "GET" && method !== "DELETE") {
    asked.headers = { "Content-Type": "application/json" };
    asked.body = JSON.stringify(body ?? {});
  }
  const answer = await fetch(serverAddress(path), asked);
  if (!answer.ok) throw await faultOf(answer);
  return answer;
}

/** Asks the server; throws ServerError for what it refuses, and fetch's own error without a connection. */
export async function ask<T>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await exchange(method, path, body, signal);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** A server that shows nothing yet: one signs in, or follows the link that it printed. */
export interface Door {
  kind: "account" | "link";
  /** What the server says of it. */
  message: string;
}

const isJson = (answer: Response) =>
  answer.headers.get("Content-Type")?.includes("json") ?? false;

/** Of a refusal to say anything: how one comes in. */
async function doorOf(answer: Response): Promise<Door> {
  const { message, place } = await faultOf(answer);
  return { kind: place === "/api/session" ? "account" : "link", message };
}

/**
 * What the server can do, or how one comes in; null where the page lies on a host without one. There the
 * built page's own file of this name (web/public/api/server) answers, so that nobody's console tells of a
 * missing address. Rejects without a connection.
 */
export async function serverInfo(): Promise<ServerInfo | Door | null> {
  const answer = await fetch(serverAddress("api/server"));
  try {
    if (!isJson(answer)) return null;
    if (answer.status === 401) return await doorOf(answer);
    return answer.ok ? ((await answer.json()) as ServerInfo) : null;
  } catch {
    return null;
  }
}

const film = (id: string) => `api/films/${encodeURIComponent(id)}`;

/** A film by itself, or what belongs to it: [rest] begins with a slash. */
export const filmPath = (id: string, rest = "") => film(id) + rest;

export const allFilms = async () =>
  (await ask<{ films: FilmCard[] }>("GET", "api/films")).films;

export const beginFilm = async (wish: NewFilm) =>
  (await ask<{ id: string }>("POST", "api/films", wish)).id;

export const filmState = (id: string) => ask<FilmState>("GET", film(id));

export const estimateOf = (id: string) =>
  ask<Estimate>("GET", filmPath(id, "/estimate"));

export const ledgerOf = (id: string) =>
  ask<Ledger>("GET", filmPath(id, "/ledger"));

export const personNow = () => ask<Person>("GET", "api/session");

export const signInAs = (who: SignIn) =>
  ask<Person>("POST", "api/session", who);

const SOON_MS = 150;
const SPOKEN_WITHIN_MS = 20_000;

/** A sentence of the built-in voice [name]; it is spoken when it is first asked for. */
export async function voiceSound(name: string): Promise<Blob> {
  const path = `api/voices/${encodeURIComponent(name)}`;
  for (const end = Date.now() + SPOKEN_WITHIN_MS; ;) {
    const answer = await exchange("GET", path, undefined);
    if (answer.status === 200) return answer.blob();
    if (Date.now() > end) throw await faultOf(answer);
    await new Promise((later) => setTimeout(later, SOON_MS));
  }
}
