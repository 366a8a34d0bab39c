// The projects that this browser keeps, in private files of this origin: projects/<id>/ with
// project.json, card.json, poster.webp, and the media by the paths that the project names.
import {
  copyFile,
  fileAt,
  listFolders,
  removeFolder,
  writeFile,
  writeText,
  type FilmSource,
  type Ticks,
} from "@/engine/engine";

const FOLDER = "projects";
const PROJECT = "project.json";
const CARD = "card.json";
const POSTER = "poster.webp";

/** How long a removed project can be had back. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** A project as a list of projects shows it. */
export interface ProjectCard {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  created: number;
  changed: number;
  duration: Ticks;
  width: number;
  height: number;
  /** When it was removed; null: it is there. */
  removed: number | null;
  /** Where its media are on a server; null: beside it. */
  base: string | null;
}

export const folderOfProject = (id: string) => `${FOLDER}/${id}`;

const place = (id: string, name: string) => `${folderOfProject(id)}/${name}`;

/** A name that no project has yet. */
export const newProjectId = () => `p${crypto.randomUUID().slice(0, 13)}`;

/** Puts [card] into the place of the one before. */
export const writeCard = (card: ProjectCard) =>
  writeText(place(card.id, CARD), JSON.stringify(card));

/** A card for a project whose tab was killed before it was written: its edits are there. */
async function cardOfProject(id: string): Promise<ProjectCard | null> {
  const file = await fileAt(place(id, PROJECT));
  if (!file) return null;
  const changed = file.lastModified;
  const { title = "", settings = {} } = JSON.parse(await file.text()) as {
    title?: string;
    settings?: { width?: number; height?: number };
  };
  const { width = 1920, height = 1080 } = settings;
  const size = { duration: 0, width, height };
  const times = { created: changed, changed, removed: null };
  return { id, title, ...times, ...size, base: null };
}

/** What is known of a project; null where it is not there, or cannot be read. */
export async function readCard(id: string): Promise<ProjectCard | null> {
  try {
    const file = await fileAt(place(id, CARD));
    if (file) return JSON.parse(await file.text()) as ProjectCard;
  } catch {
    // A tab was killed while it was written for the first time: what the project says of itself will do.
  }
  return cardOfProject(id).catch(() => null);
}

/** Every project, also those that were removed. */
async function allProjects(): Promise<ProjectCard[]> {
  const ids = await listFolders(FOLDER);
  const cards = await Promise.all(ids.map(readCard));
  return cards.filter((card) => card !== null);
}

/** The projects, the one that was changed last before the others. Removed ones go for good in time. */
export async function listProjects(): Promise<ProjectCard[]> {
  const cards = await allProjects();
  const old = Date.now() - KEPT_MS;
  for (const { id, removed } of cards)
    if (removed !== null && removed < old)
      await removeFolder(folderOfProject(id));
  return cards
    .filter(({ removed }) => removed === null)
    .sort((one, other) => other.changed - one.changed);
}

/** What the engine opens; null where the project is not there. */
export async function sourceOfProject(id: string): Promise<FilmSource | null> {
  const [file, card] = await Promise.all([
    fileAt(place(id, PROJECT)),
    readCard(id),
  ]);
  if (!file) return null;
  const project = await file.text();
  return card?.base
    ? { kind: "url", project, base: card.base }
    : { kind: "opfs", project, folder: folderOfProject(id) };
}

/** Keeps the text of a project as it is now. */
export const writeProject = (id: string, project: string) =>
  writeText(place(id, PROJECT), project);

/** Keeps a file of media under the path that the project names it with. */
export const writeMedia = (id: string, path: string, file: File) =>
  writeFile(place(id, path), file);

/** Whether a file of media is kept, and whole. */
export async function hasMedia(
  id: string,
  path: string,
  bytes: number,
): Promise<boolean> {
  return (await fileAt(place(id, path)))?.size === bytes;
}

export const writePoster = (id: string, picture: Blob) =>
  writeFile(place(id, POSTER), picture);

/** A picture of the project, or null. */
export const posterOf = (id: string): Promise<File | null> =>
  fileAt(place(id, POSTER));

async function changeCard(id: string, part: Partial<ProjectCard>) {
  const card = await readCard(id);
  if (card) await writeCard({ ...card, ...part });
}

/** Gives a project another title. */
export async function renameProject(id: string, title: string): Promise<void> {
  const file = await fileAt(place(id, PROJECT));
  if (!file) return;
  const project = JSON.parse(await file.text()) as Record<string, unknown>;
  await writeProject(id, JSON.stringify({ ...project, title }));
  await changeCard(id, { title, changed: Date.now() });
}

/** Takes a project from the list; restoreProject brings it back. */
export const removeProject = (id: string) =>
  changeCard(id, { removed: Date.now() });

export const restoreProject = (id: string) => changeCard(id, { removed: null });

/** The paths of the media that a project names. */
export function mediaPaths(project: string): string[] {
  const { assets = [] } = JSON.parse(project) as { assets?: { uri: string }[] };
  return [...new Set(assets.map(({ uri }) => uri))].filter(
    (uri) => !uri.includes("://") && !uri.startsWith("/"),
  );
}

/** Makes a copy with its media, called [title]; gives its id, or null where there is nothing to copy. */
export async function duplicateProject(
  id: string,
  title: string,
): Promise<string | null> {
  const [file, card] = await Promise.all([
    fileAt(place(id, PROJECT)),
    readCard(id),
  ]);
  if (!file || !card) return null;
  const text = await file.text();
  const copy = newProjectId();
  for (const name of [POSTER, ...(card.base ? [] : mediaPaths(text))])
    await copyFile(place(id, name), place(copy, name));
  const project = JSON.parse(text) as Record<string, unknown>;
  await writeProject(copy, JSON.stringify({ ...project, title }));
  const now = Date.now();
  await writeCard({ ...card, id: copy, title, created: now, changed: now });
  return copy;
}

/** Projects that were removed and can be had back, the last first. */
export const listRemoved = async (): Promise<ProjectCard[]> =>
  (await allProjects())
    .filter(({ removed }) => removed !== null)
    .sort((one, other) => (other.removed ?? 0) - (one.removed ?? 0));

/** Removes a project for good. */
export const eraseProject = (id: string) => removeFolder(folderOfProject(id));

/** How much of this origin's room is taken, in bytes; null where the browser does not say. */
export async function roomLeft(): Promise<{
  used: number;
  left: number;
} | null> {
  const { usage, quota } = await navigator.storage.estimate();
  return usage === undefined || quota === undefined
    ? null
    : { used: usage, left: Math.max(0, quota - usage) };
}
