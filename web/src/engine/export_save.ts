// Brings a finished export from the private files to where the user wants it.

import { EngineError, type ExportTarget } from "./engine";
import { fileAt } from "./private_files";

/** The file at `path`, streamed to the user's file or handed over as one that stays on disk. */
export async function saveTo(
  path: string,
  target: ExportTarget,
): Promise<{ file: File | null; bytes: number }> {
  const made = await fileAt(path);
  if (!made)
    throw new EngineError("NOTFOUND", path, "The finished film is gone.");
  if (target.kind === "file") {
    const { type } = made;
    return { file: new File([made], target.name, { type }), bytes: made.size };
  }
  const writable = await target.handle.createWritable();
  // Closes the file when all is there; a failure leaves what the user had under this name.
  await made.stream().pipeTo(writable);
  return { file: null, bytes: made.size };
}
