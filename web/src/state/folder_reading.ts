// The files of a folder, however a browser hands it over. Hidden files are left out.
import { FILES_MAX, type FoundFile } from "@/state/project_files";
import { strings } from "@/strings";

/** Told how many files there are so far; throws to stop. */
export type OnCount = (files: number) => void;

function add(found: FoundFile[], path: string, file: File, onCount: OnCount) {
  found.push({ path, file });
  if (found.length > FILES_MAX)
    throw new Error(strings.reading.tooMany(FILES_MAX));
  onCount(found.length);
}

async function addHandle(
  found: FoundFile[],
  path: string,
  folder: FileSystemDirectoryHandle,
  onCount: OnCount,
): Promise<void> {
  for await (const handle of folder.values()) {
    if (handle.name.startsWith(".")) continue;
    const here = `${path}${handle.name}`;
    if (handle instanceof FileSystemDirectoryHandle)
      await addHandle(found, `${here}/`, handle, onCount);
    else if (handle instanceof FileSystemFileHandle)
      add(found, here, await handle.getFile(), onCount);
  }
}

/** Below a folder of the folder picker. */
export async function filesOfHandle(
  folder: FileSystemDirectoryHandle,
  onCount: OnCount,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  await addHandle(found, "", folder, onCount);
  return found;
}

/** Of a file input, which gives paths when a folder was chosen. */
export function filesOfInput(list: FileList, onCount: OnCount): FoundFile[] {
  const found: FoundFile[] = [];
  for (const file of list) {
    const path = file.webkitRelativePath || file.name;
    if (!/(^|\/)\./.test(path)) add(found, path, file, onCount);
  }
  return found;
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a part at a time, and at last none. */
const partOf = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) =>
    reader.readEntries(resolve, reject),
  );

async function addEntry(
  found: FoundFile[],
  path: string,
  entry: FileSystemEntry,
  onCount: OnCount,
): Promise<void> {
  if (entry.name.startsWith(".")) return;
  const here = `${path}${entry.name}`;
  if (entry.isFile)
    return add(
      found,
      here,
      await fileOf(entry as FileSystemFileEntry),
      onCount,
    );
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const part = await partOf(reader);
    if (part.length === 0) return;
    for (const child of part) await addEntry(found, `${here}/`, child, onCount);
  }
}

/** What was dropped. The entries have to be taken while the event lasts: see entriesOf. */
export async function filesOfEntries(
  entries: readonly FileSystemEntry[],
  onCount: OnCount,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of entries) await addEntry(found, "", entry, onCount);
  return found;
}

/** The files and folders of a drop, to be called inside of its event. */
export const entriesOf = (data: DataTransfer): FileSystemEntry[] =>
  [...data.items].flatMap((item) => {
    const entry = item.kind === "file" ? item.webkitGetAsEntry() : null;
    return entry ? [entry] : [];
  });
