// Files into a film of the server: there, and in this browser's copy of it.
import { tell } from "@/actions/tell_trouble";
import type { Film } from "@/engine/engine";
import { uploadMedia } from "@/server/upload";
import { failureOf, isUsersChoice } from "@/state/failure";
import { copyId, filmOnServer } from "@/state/film_copy";
import { useImporting } from "@/state/importing";
import { writeMedia } from "@/state/library";
import { now } from "@/state/session";

/** Brings one file; null where it was refused, which is said then. */
async function bring(
  id: string,
  file: File,
  signal: AbortSignal,
  onBytes: (sent: number) => void,
): Promise<string | null> {
  try {
    const path = await uploadMedia(id, file, signal, onBytes);
    if (now().engine?.abilities.storage)
      await writeMedia(copyId(id), path, file).catch(() => undefined); // it is on the server
    return path;
  } catch (error) {
    if (signal.aborted) throw error;
    if (!isUsersChoice(error))
      tell({ message: failureOf(error).message, place: file.name });
    return null;
  }
}

/** Brings [files] to the server's film that is open; gives them by the paths that its project can name. */
export async function uploadFiles(
  film: Film,
  files: readonly File[],
): Promise<Map<string, File>> {
  const source = now().open?.source ?? null;
  const id = filmOnServer(source);
  const there = new Map<string, File>();
  if (id === null) return there;
  const stopper = new AbortController();
  const all = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  const onBytes = (sent: number) =>
    useImporting.setState({
      percent: Math.floor(((before + sent) / Math.max(1, all)) * 100),
    });
  useImporting.setState({ percent: 0, stop: () => stopper.abort() });
  for (const [done, file] of files.entries()) {
    useImporting.setState({ done });
    const path = await bring(id, file, stopper.signal, onBytes);
    before += file.size;
    if (path !== null) there.set(path, file);
  }
  if (source?.kind === "opfs") await film.lookAgain();
  return there;
}
