// What this browser keeps of a film of the server that is edited here: the project as all have it, and
// the edits that the server does not know yet. With it the film opens at once, and without the network.
import { fileAt, writeText, type FilmSource } from "@/engine/engine";
import {
  folderOfProject,
  mediaPaths,
  roomLeft,
  writeMedia,
} from "@/state/library";
import type { LiveEdit } from "@/server/live";

const NAME = "shared.json";

export interface FilmCopy {
  /** The edit after which the project stood like this. */
  seq: number;
  project: string;
  /** Edits that were wished here and not decided, oldest first. */
  wishes: LiveEdit[];
}

/** The library's name for the copy of film [id]. */
export const copyId = (id: string) => `film-${id}`;

/** The film that a project of the library is the copy of; null: it is no copy. */
export const filmOfCopy = (project: string): string | null =>
  project.startsWith("film-") ? project.slice("film-".length) : null;

const place = (id: string) => `${folderOfProject(copyId(id))}/${NAME}`;

/** The copy of film [id]; null where there is none, or half a one. */
export async function readCopy(id: string): Promise<FilmCopy | null> {
  try {
    const file = await fileAt(place(id));
    return file && (JSON.parse(await file.text()) as FilmCopy);
  } catch {
    return null; // the tab was killed while it was written for the first time
  }
}

export const writeCopy = (id: string, copy: FilmCopy) =>
  writeText(place(id), JSON.stringify(copy));

/** Where the media of film [id] are. */
export const filmBase = (id: string) =>
  new URL(`films/${encodeURIComponent(id)}/`, document.baseURI).href;

/** The film of the server that [source] opens; null: it is another kind of film. */
export function filmOnServer(source: FilmSource | null): string | null {
  if (source?.kind === "opfs")
    return filmOfCopy(source.folder.slice(folderOfProject("").length));
  if (source?.kind !== "url") return null;
  const films = new URL("films/", document.baseURI).href;
  const name = source.base.startsWith(films)
    ? source.base.slice(films.length).replace(/\/$/, "")
    : "";
  return name ? decodeURIComponent(name) : null;
}

/** Room that is left to others of this origin, in bytes. */
const LEFT_FREE = 1_000_000_000;

const folderOfCopy = (id: string) => folderOfProject(copyId(id));

/** Whether a file of media lies in the copy: one is there when all of it is. */
async function hasFile(id: string, path: string): Promise<boolean> {
  const file = await fileAt(`${folderOfCopy(id)}/${path}`);
  return file !== null && file.size > 0;
}

/** The media that the project names and the copy lacks. */
async function lacking(id: string, project: string): Promise<string[]> {
  const paths = mediaPaths(project);
  const has = await Promise.all(paths.map((path) => hasFile(id, path)));
  return paths.filter((_, place) => !has[place]);
}

/** What the engine opens for the film: media of this browser where it has them all, else the server's. */
export async function sourceOfFilm(
  id: string,
  project: string,
): Promise<FilmSource> {
  return (await lacking(id, project)).length === 0
    ? { kind: "opfs", project, folder: folderOfCopy(id) }
    : { kind: "url", project, base: filmBase(id) };
}

/** Fetches what the copy lacks of the project's media while there is room. Says whether something came. */
export async function keepMediaOf(
  id: string,
  project: string,
  signal: AbortSignal,
): Promise<boolean> {
  let came = false;
  for (const path of await lacking(id, project)) {
    const answer = await fetch(new URL(path, filmBase(id)), { signal });
    const bytes = Number(answer.headers.get("Content-Length") ?? 0);
    const room = await roomLeft();
    if (!answer.ok || !room || room.left < bytes + LEFT_FREE) {
      await answer.body?.cancel();
      continue;
    }
    const content = await answer.blob();
    await writeMedia(copyId(id), path, new File([content], path));
    came = true;
  }
  return came;
}
