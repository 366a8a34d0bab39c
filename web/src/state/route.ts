import { useSyncExternalStore } from "react";

export const FILM_PAGES = [
  "plan",
  "storyboard",
  "sound",
  "motion",
  "edit",
] as const;
export type FilmPageName = (typeof FILM_PAGES)[number];

/** What the address names. */
export type Route =
  | { kind: "home" }
  | { kind: "film"; id: string; page: FilmPageName | null }
  | { kind: "project"; id: string }
  | { kind: "invitation"; key: string }
  | { kind: "reset"; key: string };

/** Behind the #, so that any static host can serve every page. */
export function routeOf(hash: string): Route {
  const invitation = /^#invitation=(.+)$/.exec(hash)?.[1];
  if (invitation) return { kind: "invitation", key: invitation };
  const reset = /^#reset=(.+)$/.exec(hash)?.[1];
  if (reset) return { kind: "reset", key: reset };
  const [kind, id, page] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decodeURIComponent);
  if (kind === "film" && id)
    return {
      kind,
      id,
      page: FILM_PAGES.find((name) => name === page) ?? null,
    };
  if (kind === "project" && id) return { kind, id };
  return { kind: "home" };
}

export const homeHash = "#/";
export const filmHash = (id: string, page?: FilmPageName) =>
  `#/film/${encodeURIComponent(id)}${page ? `/${page}` : ""}`;
export const projectHash = (id: string) =>
  `#/project/${encodeURIComponent(id)}`;

const listen = (onChange: () => void) => {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
};

/** What the address names now; changes with it. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => location.hash));
}

/** Goes to the page that [hash] names; the browser's own back leads back. */
export const go = (hash: string) => {
  location.hash = hash;
};
