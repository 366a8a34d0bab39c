// Where the page itself finds a file of the open film's media: for small pictures of them.
import { fileAt } from "@/engine/engine";
import { now } from "@/state/session";

/** An address for an element to load from, and how to be done with it; null where there is no such file. */
export async function addressOf(
  uri: string,
): Promise<{ address: string; file: File | null; free: () => void } | null> {
  const source = now().open?.source;
  if (!source) return null;
  if (source.kind === "url")
    return {
      address: new URL(uri, source.base).href,
      file: null,
      free: () => undefined,
    };
  const file =
    source.kind === "files"
      ? (source.files.get(uri) ?? null)
      : await fileAt(`${source.folder}/${uri}`);
  if (!file) return null;
  const address = URL.createObjectURL(file);
  return { address, file, free: () => URL.revokeObjectURL(address) };
}
