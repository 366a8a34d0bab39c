// What is known of an export beside its segments, so that another page can go on with it: a file in its folder,
// and a lock that its tab holds for as long as it lives.

import type { ExportWishes, FilmSource, InterruptedExport } from "./engine";
import {
  EXPORTS,
  fileAt,
  listFiles,
  listFolders,
  removeFolder,
  writeText,
} from "./private_files";

/** The source without what a page may not open again by itself. */
type KnownSource =
  { kind: "files"; project: string } | Exclude<FilmSource, { kind: "files" }>;

/** What stands in the file. */
export interface Ledger {
  title: string;
  begun: string;
  wishes: ExportWishes;
  source: KnownSource;
  frames: number;
  segmentFrames: number;
  /** The finished file was handed over: what is left is to be removed. */
  isDone: boolean;
}

function folderOf(id: string): string {
  return `${EXPORTS}/${id}`;
}

function pathOf(id: string): string {
  return `${folderOf(id)}/export.json`;
}

/** Where the export's worker writes. */
export function placesOf(
  id: string,
  format: string,
): { segments: string; output: string; outputPath: string } {
  const outputPath = `${folderOf(id)}/film.${format === "png" ? "zip" : format}`;
  return {
    segments: `opfs:/${folderOf(id)}`,
    output: `opfs:/${outputPath}`,
    outputPath,
  };
}

/** Files are not written down: their names say nothing to a later page. */
export function knownSource(source: FilmSource): KnownSource {
  return source.kind === "files"
    ? { kind: "files", project: source.project }
    : source;
}

export async function writeLedger(id: string, ledger: Ledger): Promise<void> {
  await writeText(pathOf(id), JSON.stringify(ledger));
}

/** Null when there is none, or none that can be read. */
export async function readLedger(id: string): Promise<Ledger | null> {
  const file = await fileAt(pathOf(id));
  if (!file) return null;
  try {
    return JSON.parse(await file.text()) as Ledger;
  } catch {
    return null;
  }
}

export function removeExport(id: string): Promise<void> {
  return removeFolder(folderOf(id));
}

function lockOf(id: string): string {
  return `cutroom-export-${id}`;
}

/**
 * Holds the export's lock until the tab ends, or until what this gives is called, which resolves when others
 * can see that it is free. Null when another tab holds it.
 */
export function holdLock(id: string): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve, reject) => {
    const options = { ifAvailable: true } as const;
    const freed = navigator.locks.request(lockOf(id), options, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((free) =>
        resolve(async () => {
          free();
          await freed;
        }),
      );
    });
    freed.catch(reject);
  });
}

async function isHeld(id: string): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return (held ?? []).some(({ name }) => name === lockOf(id));
}

async function describe(id: string): Promise<InterruptedExport | null> {
  const ledger = await readLedger(id);
  if (!ledger || ledger.isDone) return null;
  const files = await listFiles(folderOf(id));
  const segments = [...files.keys()].filter((name) =>
    /^picture-\d+\.segment$/.test(name),
  );
  const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
  return {
    id,
    title: ledger.title,
    begun: new Date(ledger.begun),
    wishes: ledger.wishes,
    framesDone: Math.min(ledger.frames, segments.length * ledger.segmentFrames),
    framesTotal: ledger.frames,
    bytes,
    needsFiles: ledger.source.kind === "files",
  };
}

/** Exports that nobody works on; what finished ones left is removed on the way. */
export async function findInterrupted(): Promise<InterruptedExport[]> {
  const found: InterruptedExport[] = [];
  for (const id of await listFolders(EXPORTS)) {
    if (await isHeld(id)) continue;
    const one = await describe(id);
    if (one) found.push(one);
    else await removeExport(id);
  }
  return found.sort((a, b) => b.begun.getTime() - a.begun.getTime());
}
