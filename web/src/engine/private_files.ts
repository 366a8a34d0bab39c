// The private files of this origin (OPFS), where exports are made.

/** The folder of exports. */
export const EXPORTS = "exports";

async function root(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory();
}

function notThere(why: unknown): boolean {
  return why instanceof DOMException && why.name === "NotFoundError";
}

/** The folder at `path`, made where it is missing if `create` says so; null when it is not there. */
export async function folderAt(
  path: string,
  create: boolean,
): Promise<FileSystemDirectoryHandle | null> {
  let folder = await root();
  for (const name of path.split("/")) {
    try {
      folder = await folder.getDirectoryHandle(name, { create });
    } catch (why) {
      if (notThere(why)) return null;
      throw why;
    }
  }
  return folder;
}

/** The file at `path`, read from disk when it is read; null when it is not there. */
export async function fileAt(path: string): Promise<File | null> {
  const slash = path.lastIndexOf("/");
  const folder = await folderAt(path.slice(0, slash), false);
  if (!folder) return null;
  try {
    return await (await folder.getFileHandle(path.slice(slash + 1))).getFile();
  } catch (why) {
    if (notThere(why)) return null;
    throw why;
  }
}

/** Replaces the file at `path`; it is there when all of it is. */
export async function writeFile(path: string, content: Blob): Promise<void> {
  const slash = path.lastIndexOf("/");
  const folder = await folderAt(path.slice(0, slash), true);
  const handle = await folder!.getFileHandle(path.slice(slash + 1), {
    create: true,
  });
  await content.stream().pipeTo(await handle.createWritable());
}

/** Replaces the text file at `path`. */
export const writeText = (path: string, text: string): Promise<void> =>
  writeFile(path, new Blob([text]));

/** Puts a copy of the file at `from` to `to`. */
export async function copyFile(from: string, to: string): Promise<void> {
  const file = await fileAt(from);
  if (file) await writeFile(to, file);
}

/** Removes a folder with everything in it; one that is not there is fine. */
export async function removeFolder(path: string): Promise<void> {
  const slash = path.lastIndexOf("/");
  const parent = await folderAt(path.slice(0, slash), false);
  await parent
    ?.removeEntry(path.slice(slash + 1), { recursive: true })
    .catch((why: unknown) => {
      if (!notThere(why)) throw why;
    });
}

/** Names and sizes of the files in a folder. */
export async function listFiles(path: string): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  const folder = await folderAt(path, false);
  if (!folder) return files;
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === "file")
      files.set(name, (await (handle as FileSystemFileHandle).getFile()).size);
  }
  return files;
}

/** Names of the folders in a folder. */
export async function listFolders(path: string): Promise<string[]> {
  const folder = await folderAt(path, false);
  if (!folder) return [];
  const names: string[] = [];
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === "directory") names.push(name);
  }
  return names;
}

/** Bytes of all files in a folder and below it; 0 where it is not there. "" is everything. */
export async function bytesIn(path: string): Promise<number> {
  const folder = path === "" ? await root() : await folderAt(path, false);
  if (!folder) return 0;
  let bytes = 0;
  for await (const [, handle] of folder.entries())
    bytes += await sizeOf(handle);
  return bytes;
}

async function sizeOf(handle: FileSystemHandle): Promise<number> {
  if (handle.kind === "file")
    return (await (handle as FileSystemFileHandle).getFile()).size;
  let bytes = 0;
  const folder = handle as FileSystemDirectoryHandle;
  for await (const [, inner] of folder.entries()) bytes += await sizeOf(inner);
  return bytes;
}
