// Keeps the open film in this browser: soon after each edit, one write behind the other.
import { tell } from "@/actions/tell_trouble";
import { isWithPeople } from "@/actions/edit/with_people";
import { followTabs, leadTabs, shareFiles } from "@/actions/edit/together";
import type { FilmSource } from "@/engine/engine";
import { failureOf } from "@/state/failure";
import {
  folderOfProject,
  hasMedia,
  newProjectId,
  readCard,
  roomLeft,
  writeCard,
  writeMedia,
  writePoster,
  writeProject,
} from "@/state/library";
import { projectNow, useProject } from "@/state/project";
import { NOT_SAVED, useSaving, type Saving } from "@/state/saving";
import { change, now, useSession, type OpenFilm } from "@/state/session";
import { channelOf } from "@/state/shared_edits";
import { strings } from "@/strings";

/** Edits that follow each other faster are written together. */
const CALM_MS = 400;

/** How wide a poster is. */
const POSTER_WIDTH = 480;

/** What is being kept. */
interface Keeping {
  open: OpenFilm;
  /** Of the library, once there is something of it there. */
  id: string | null;
  /** The mirror holds it. */
  isRead: boolean;
  release: () => void;
  /** Another tab keeps it; until this one is at turn, or it is closed. */
  waiting: AbortController | null;
}

let keeping: Keeping | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();

const isMine = (mine: Keeping) => keeping === mine;

/** Says it of the film that is open, and of no other. */
function say(mine: Keeping, part: Partial<Saving>) {
  if (isMine(mine)) useSaving.setState(part);
}

/** The library's name for what a source opens. */
function idOf(source: FilmSource | null): string | null {
  const prefix = folderOfProject("");
  return source?.kind === "opfs" && source.folder.startsWith(prefix)
    ? source.folder.slice(prefix.length)
    : null;
}

const takeCharge = (mine: Keeping, id: string, release: () => void) => {
  Object.assign(mine, { id, release, waiting: null });
  say(mine, { id });
  // What it keeps now should not go where the disk is short.
  void navigator.storage.persist();
  leadTabs(mine.open.film, id);
};

/** Goes with what another tab decides, and keeps the project once that one is gone. */
async function follow(mine: Keeping, id: string) {
  mine.waiting = new AbortController();
  const { signal } = mine.waiting;
  navigator.locks
    .request(channelOf(id), { signal }, () => {
      if (!isMine(mine)) return;
      return new Promise<void>((release) => {
        takeCharge(mine, id, release);
        void saveNow();
      });
    })
    .catch(() => undefined); // it was closed before its turn came
  await followTabs(mine.open.film, id);
}

/** Only one tab keeps a project; null where another does. */
function hold(id: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(
      channelOf(id),
      { ifAvailable: true },
      (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      },
    );
  });
}

async function writePicture(id: string) {
  const { player } = now();
  if (!player || player.state.rate !== 0 || player.state.shown === null) return;
  const picture = await createImageBitmap(await player.still());
  const height = Math.round((POSTER_WIDTH * picture.height) / picture.width);
  const canvas = new OffscreenCanvas(POSTER_WIDTH, Math.max(1, height));
  canvas
    .getContext("2d")
    ?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  await writePoster(id, await canvas.convertToBlob({ type: "image/webp" }));
}

async function writeAll(mine: Keeping, id: string, project: string) {
  const { film, source } = mine.open;
  await writeProject(id, project);
  const before = await readCard(id);
  const { title, duration, width, height } = film.info;
  await writeCard({
    id,
    title,
    created: before?.created ?? Date.now(),
    changed: Date.now(),
    duration,
    width,
    height,
    removed: null,
    base: source?.kind === "url" ? source.base : null,
  });
  // A project without a poster is a project.
  if (isMine(mine)) await writePicture(id).catch(() => undefined);
}

/** Copies what the film is made of; what there is no room for stays where it is, and that is said. */
async function keepMedia(mine: Keeping, id: string) {
  const { source } = mine.open;
  if (source?.kind !== "files" || !isMine(mine)) return;
  const files = [...source.files];
  const total = files.length;
  const needed = files.reduce((sum, [, file]) => sum + file.size, 0);
  const room = await roomLeft();
  if (room && room.left < needed) {
    say(mine, { state: "failed", reason: strings.saving.noRoom });
    return;
  }
  for (const [done, [path, file]] of files.entries()) {
    if (!isMine(mine)) return;
    say(mine, { keeping: { done, total } });
    if (!(await hasMedia(id, path, file.size)))
      await writeMedia(id, path, file);
  }
  say(mine, { keeping: null });
}

async function begin(mine: Keeping): Promise<string | null> {
  if (mine.id) return mine.id;
  const id = idOf(mine.open.source) ?? newProjectId();
  const release = mine.waiting ? null : await hold(id);
  if (release) {
    takeCharge(mine, id, release);
    return id;
  }
  say(mine, { state: "elsewhere" });
  if (!mine.waiting) await follow(mine, id);
  return null;
}

async function save(mine: Keeping, project: Promise<string>) {
  const isFirst = mine.id === null;
  try {
    const id = await begin(mine);
    if (id === null) return;
    await writeAll(mine, id, await project);
    if (isFirst) {
      await keepMedia(mine, id);
      const { film, source } = mine.open;
      if (source?.kind === "files") shareFiles(film, [...source.files.keys()]);
    }
    if (timer === undefined && useSaving.getState().state === "saving")
      say(mine, { state: "saved", reason: "" });
  } catch (error) {
    const failure = failureOf(error);
    // Said once, and shown in the head until it is over.
    if (isMine(mine) && useSaving.getState().reason === "") tell(failure);
    say(mine, { state: "failed", keeping: null, reason: failure.message });
  }
}

/** Writes what was not written yet; resolves when that is done. */
export function saveNow(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const mine = keeping;
  if (!mine || !now().engine?.abilities.storage) return writing;
  say(mine, { state: "saving" });
  // Asked for at once: the film may be closed before its turn comes.
  const project = mine.open.film.json();
  writing = writing.then(() => save(mine, project));
  return writing;
}

/** Media that came later are kept, too: beside the project, or with it once it is kept. */
export async function keepFiles(files: ReadonlyMap<string, File>) {
  const { open } = now();
  const mine = keeping;
  if (!open || !mine) return;
  await keepBeside(mine, open, files);
  shareFiles(open.film, [...files.keys()]);
}

async function keepBeside(
  mine: Keeping,
  open: OpenFilm,
  files: ReadonlyMap<string, File>,
) {
  if (open.source?.kind !== "files") return;
  const all = new Map([...open.source.files, ...files]);
  change({ open: { ...open, source: { ...open.source, files: all } } });
  const { id } = mine;
  if (id === null) return;
  writing = writing.then(async () => {
    try {
      for (const [path, file] of files) await writeMedia(id, path, file);
    } catch (error) {
      say(mine, { state: "failed", reason: failureOf(error).message });
    }
  });
  await writing;
}

function soon(mine: Keeping) {
  clearTimeout(timer);
  timer = setTimeout(() => void saveNow(), CALM_MS);
  say(mine, { state: "saving" });
}

function end() {
  if (timer !== undefined) void saveNow();
  const last = keeping;
  last?.waiting?.abort();
  // The lock goes once the last write is done.
  void writing.then(() => last?.release());
  keeping = null;
  useSaving.setState(NOT_SAVED);
}

function followOpen() {
  const { open } = now();
  if (open?.film === keeping?.open.film) {
    if (keeping && open) keeping.open = open;
    return;
  }
  if (keeping) end();
  // The server keeps it, and whoever sends the edits there says so.
  if (!open || isWithPeople(open.film)) return;
  keeping = {
    open,
    id: null,
    isRead: false,
    release: () => undefined,
    waiting: null,
  };
}

/** A film that is nowhere yet is kept at once, others from their first edit on. */
function onProject() {
  const mine = keeping;
  if (!mine || !projectNow().project || !now().engine?.abilities.storage)
    return;
  const isFirst = !mine.isRead;
  mine.isRead = true;
  if (!isFirst || mine.open.isNew) soon(mine);
  else if (idOf(mine.open.source))
    void begin(mine).then((id) => id && say(mine, { state: "saved" }));
}

/** Keeps whatever film is open, until the returned function is called. */
export function followSaving(): () => void {
  const ends = [
    useSession.subscribe(followOpen),
    useProject.subscribe(onProject),
  ];
  const hide = () => {
    if (document.visibilityState === "hidden" && timer !== undefined)
      void saveNow();
  };
  document.addEventListener("visibilitychange", hide);
  followOpen();
  return () => {
    document.removeEventListener("visibilitychange", hide);
    for (const stop of ends) stop();
  };
}
