// Media into the open project: their files to where the project's media are, and an asset each.
import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import { isWithPeople } from "@/actions/edit/with_people";
import { chooseFiles } from "@/actions/choose_folder";
import { openFilm } from "@/actions/open_film";
import { keepFiles } from "@/actions/save_film";
import { tell } from "@/actions/tell_trouble";
import { uploadFiles } from "@/actions/upload_media";
import type { Film, MediaFacts } from "@/engine/engine";
import { forgetFacts } from "@/state/asset_facts";
import { failureOf, isUsersChoice } from "@/state/failure";
import { forgetThumbnails } from "@/state/thumbnails";
import { NO_IMPORT, useImporting } from "@/state/importing";
import { projectNow, type Asset } from "@/state/project";
import type { FoundFile } from "@/state/project_files";
import { change, now } from "@/state/session";
import { strings } from "@/strings";

const words = strings.bin;

/** Beside the project. */
const FOLDER = "media";

/** A path in the project that nothing has yet: media/clip.mp4, media/clip-2.mp4. */
function freePath(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf(".");
  const [stem, end] =
    dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const plain = stem.replace(/[/\\:*?"<>|#%\0]/g, "_");
  let path = `${FOLDER}/${plain}${end}`;
  for (let number = 2; taken.has(path); number++)
    path = `${FOLDER}/${plain}-${number}${end}`;
  taken.add(path);
  return path;
}

/** Written by their ids, assets lie in the order that they came in. */
const assetOf = (path: string, name: string, facts: MediaFacts): Asset => ({
  id: newId(`a${Date.now().toString(36)}`),
  uri: path,
  name,
  // A still and a film of one frame are told apart by what the probe says: nothing, or a length.
  ...(facts.duration > 0 ? { duration: facts.duration } : { duration: 0 }),
});

/** The assets of what can be shown or heard; of the others it is said why not. */
async function look(film: Film, files: ReadonlyMap<string, File>) {
  const assets: Asset[] = [];
  for (const [path, { name }] of files)
    try {
      const facts = await film.facts(path);
      if (!facts.picture && !facts.sound) throw new Error(words.notMedia(name));
      assets.push(assetOf(path, name, facts));
    } catch (error) {
      tell({ message: failureOf(error).message, place: name });
    }
  return assets;
}

/** Puts files beside a project of this browser; gives them by their paths there. */
async function addBeside(film: Film, files: readonly File[]) {
  const taken = new Set(projectNow().project?.assets.map(({ uri }) => uri));
  const paths = new Map(
    files.map((file) => [freePath(file.name, taken), file]),
  );
  await film.addFiles(paths);
  return paths;
}

/** Takes files into the open project; gives the ids of their assets. */
export async function importMedia(files: readonly File[]): Promise<string[]> {
  const film = now().open?.film;
  if (!film || files.length === 0) return [];
  useImporting.setState({
    ...NO_IMPORT,
    total: files.length,
    since: Date.now(),
  });
  try {
    const paths = await (isWithPeople(film)
      ? uploadFiles(film, files)
      : addBeside(film, files));
    const assets = await look(film, paths);
    await keepFiles(
      new Map(
        assets.flatMap(({ uri }) => {
          const file = paths.get(uri);
          return file ? [[uri, file]] : [];
        }),
      ),
    );
    const edits = assets.map((asset): Edit => ({ op: "add-asset", asset }));
    await applyEdit(batch(words.edits.import, edits), words.edits.import);
    return assets.map(({ id }) => id);
  } catch (error) {
    if (!isUsersChoice(error)) tell(failureOf(error));
    return [];
  } finally {
    useImporting.setState(NO_IMPORT);
  }
}

/** What is dropped: media into the open film; a project, or anything where none is open, in its place. */
export async function takeDrop(
  read: (onCount: (files: number) => void) => Promise<FoundFile[]>,
) {
  if (!now().open) return openFilm(read);
  const found = await read(() => undefined);
  const isProject = found.some(({ path }) => /\.json$/i.test(path));
  if (isProject) return openFilm(() => Promise.resolve(found));
  return importMedia(found.map(({ file }) => file));
}

/** Asks for files, and takes them in. */
export const chooseImport = async () => importMedia(await chooseFiles());

/** The file of one asset, or of all that are missing, is chosen again. */
export async function relink(uri: string | null) {
  const { engine, open } = now();
  if (!engine || !open) return;
  const missing = open.film.info.missing.map((one) => one.uri);
  const files = await chooseFiles();
  const named = new Map(files.map((file) => [file.name, file]));
  const [only] = files;
  const found = new Map<string, File>();
  if (uri !== null && only && files.length === 1) found.set(uri, only);
  else
    for (const path of missing) {
      const file = named.get(path.split("/").pop() ?? "");
      if (file) found.set(path, file);
    }
  if (found.size === 0) return;
  try {
    await open.film.addFiles(found);
    await keepFiles(found);
    for (const path of found.keys()) {
      forgetFacts(path);
      forgetThumbnails(path);
    }
    change({ open: { ...open } });
  } catch (error) {
    if (!isUsersChoice(error)) tell(failureOf(error));
  }
}

export const renameAsset = (asset: string, name: string) =>
  applyEdit({ op: "set", asset, values: { name } }, words.edits.rename);

export const removeAsset = (asset: string) =>
  applyEdit({ op: "remove-asset", asset }, words.edits.remove);

/** Every asset that no clip shows. */
export function removeUnused() {
  const { project } = projectNow();
  const used = usedAssets();
  const edits = (project?.assets ?? [])
    .filter(({ id }) => !used.has(id))
    .map(({ id }): Edit => ({ op: "remove-asset", asset: id }));
  if (edits.length === 0)
    return Promise.resolve(tell({ message: words.noneUnused, place: "" }));
  const name = words.edits.removeUnused;
  return applyEdit({ op: "batch", name, edits }, name);
}

/** How often each asset is shown. */
export function usedAssets(): Map<string, number> {
  const used = new Map<string, number>();
  for (const { tracks } of projectNow().project?.sequences ?? [])
    for (const { clips } of tracks)
      for (const { asset } of clips)
        if (asset) used.set(asset, (used.get(asset) ?? 0) + 1);
  return used;
}
