import { attempt } from "@/actions/studio/attempt";
import { ask, beginFilm, filmPath } from "@/server/client";
import type { NewFilm } from "@/server/types";
import { filmHash, go } from "@/state/route";

/** Begins a film and goes to it. Gives whether it was begun. */
export const startFilm = (wish: NewFilm) =>
  attempt(async () => go(filmHash(await beginFilm(wish))));

export const renameFilm = (id: string, title: string) =>
  attempt(() => ask("PATCH", filmPath(id), { title }));

export const removeFilm = (id: string) =>
  attempt(() => ask("DELETE", filmPath(id)));

export const restoreFilm = (id: string) =>
  attempt(() => ask("POST", filmPath(id, "/restore")));

export const duplicateFilm = (id: string) =>
  attempt(() => ask("POST", filmPath(id, "/duplicate")));
