import { bytesIn, type InterruptedExport } from "@/engine/engine";
import {
  folderOfProject,
  listProjects,
  listRemoved,
  roomLeft,
  type ProjectCard,
} from "@/state/library";
import { now } from "@/state/session";
import { isKeptByTab } from "@/state/shared_edits";

/** A project with the room that it takes. */
export interface SizedProject extends ProjectCard {
  bytes: number;
  /** In this tab or another, which keeps it. */
  isOpen: boolean;
}

/** What takes room in this browser. */
export interface Storage {
  /** In bytes, and what the browser would give; null where it does not say. */
  room: { used: number; left: number } | null;
  /** The browser asks before it takes the room for something else. */
  isPersisted: boolean;
  projects: SizedProject[];
  removed: SizedProject[];
  exports: InterruptedExport[];
  /** Parts of media on servers, and the page with its engine. */
  others: number;
}

const sized = (cards: readonly ProjectCard[]): Promise<SizedProject[]> =>
  Promise.all(
    cards.map(async (card) => ({
      ...card,
      bytes: await bytesIn(folderOfProject(card.id)),
      isOpen: await isKeptByTab(card.id),
    })),
  );

const largestFirst = (one: SizedProject, other: SizedProject) =>
  other.bytes - one.bytes;

/** Adds up what is kept: looks at every file's size, and at no file. */
export async function readStorage(): Promise<Storage> {
  const [room, isPersisted, projects, removed, exports] = await Promise.all([
    roomLeft(),
    navigator.storage.persisted(),
    listProjects().then(sized),
    listRemoved().then(sized),
    now().engine?.interrupted() ?? [],
  ]);
  const named = [...projects, ...removed, ...exports].reduce(
    (sum, { bytes }) => sum + bytes,
    0,
  );
  return {
    room,
    isPersisted,
    projects: projects.sort(largestFirst),
    removed: removed.sort(largestFirst),
    exports,
    others: Math.max(0, (room?.used ?? 0) - named),
  };
}
