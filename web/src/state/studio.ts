import { create } from "zustand";
import type { Connection } from "@/server/live";
import type { Door } from "@/server/client";
import type { FilmCard, FilmState, Person, ServerInfo } from "@/server/types";

export interface Studio {
  /** Undefined: not asked yet; null: there is no server behind this page. */
  server: ServerInfo | null | undefined;
  /** How one comes in, of a server that shows nothing yet. */
  door: Door | null;
  /** Who is signed in; null: nobody, or the server knows no people. */
  person: Person | null;
  connection: Connection;
  /** Null: not heard yet. */
  cards: FilmCard[] | null;
  /** The films that are followed, by id, as they stand. */
  films: Readonly<Record<string, FilmState>>;
  /** Films that are no more, or never were. */
  gone: Readonly<Record<string, true>>;
}

/** What is known of the server's films. Only actions write to it. */
export const useStudio = create<Studio>(() => ({
  server: undefined,
  door: null,
  person: null,
  connection: { kind: "connecting" },
  cards: null,
  films: {},
  gone: {},
}));

/** The scenes of [film] in the order in which they play. */
export const scenesInOrder = (film: FilmState) =>
  Object.values(film.scenes).sort(
    (one, other) => one.position - other.position,
  );

/** What was made of [film] under the name [url], at this page's server. */
export const mediaAddress = (url: string) =>
  new URL(url.replace(/^\//, ""), document.baseURI).href;
