// The films that are open in this worker.

import type { FilmHistory, FilmInfo, FilmSource, Wish } from "../engine";
import type { WorkerCalls } from "../protocol";
import { openFolder, type Instance } from "./instance";

type FilmCalls = Pick<
  WorkerCalls,
  | "openFilm"
  | "closeFilm"
  | "project"
  | "edit"
  | "undo"
  | "redo"
  | "history"
  | "share"
  | "wishes"
  | "settle"
  | "receive"
  | "withdraw"
  | "rebase"
  | "decided"
  | "preview"
  | "facts"
  | "addFiles"
  | "probe"
  | "projectOf"
>;

/** Where the assets of a film are, and how to be done with them. */
type Folder = Awaited<ReturnType<typeof openFolder>>;

/** A copy of a film, for what an edit would make of it. */
interface Sketch {
  film: number;
  isEdited: boolean;
}

/** What films can be asked; `changed` hears of every film that was edited, and what to show for it. */
export function filmCalls(
  instance: () => Instance,
  changed: (film: number, shown: number) => void,
): FilmCalls {
  const folders = new Map<number, Folder>();
  const sketches = new Map<number, Sketch>();
  const missing = new Map<number, FilmInfo["missing"]>();

  const infoOf = (film: number): FilmInfo => ({
    ...(JSON.parse(instance().abi.filmInfo(film)) as Omit<FilmInfo, "missing">),
    missing: missing.get(film) ?? [],
  });

  const look = (film: number): FilmInfo => {
    missing.set(
      film,
      JSON.parse(instance().abi.filmMissing(film)) as FilmInfo["missing"],
    );
    return infoOf(film);
  };

  const endSketch = (film: number) => {
    const sketch = sketches.get(film);
    if (!sketch) return;
    sketches.delete(film);
    instance().abi.filmClose(sketch.film);
  };

  const edited = (film: number): FilmInfo => {
    changed(film, film);
    endSketch(film);
    return infoOf(film);
  };

  const sketchOf = (film: number): Sketch => {
    const { abi } = instance();
    const sketch = sketches.get(film) ?? {
      film: abi.filmOpen(abi.filmProject(film), folders.get(film)?.[0] ?? ""),
      isEdited: false,
    };
    sketches.set(film, sketch);
    return sketch;
  };

  // The edit before is taken back first: each is of the film as it is.
  const preview = (film: number, edit: string) => {
    const { abi } = instance();
    if (edit === "") {
      changed(film, film);
      return endSketch(film);
    }
    const sketch = sketchOf(film);
    if (sketch.isEdited) abi.filmUndo(sketch.film);
    try {
      abi.filmEdit(sketch.film, edit, "");
      sketch.isEdited = true;
    } catch (why) {
      if (sketch.isEdited) abi.filmRedo(sketch.film);
      throw why;
    }
    changed(film, sketch.film);
  };

  return {
    async openFilm(source: FilmSource) {
      const [folder, leave] = await openFolder(instance(), source);
      try {
        const film = instance().abi.filmOpen(source.project, folder);
        folders.set(film, [folder, leave]);
        return { film, info: look(film) };
      } catch (why) {
        leave();
        throw why;
      }
    },
    closeFilm(film) {
      endSketch(film);
      instance().abi.filmClose(film);
      folders.get(film)?.[1]();
      folders.delete(film);
      missing.delete(film);
    },
    project: (film) => instance().abi.filmProject(film),
    edit(film, edit, name) {
      instance().abi.filmEdit(film, edit, name);
      return edited(film);
    },
    undo(film) {
      instance().abi.filmUndo(film);
      return edited(film);
    },
    redo(film) {
      instance().abi.filmRedo(film);
      return edited(film);
    },
    history: (film) =>
      JSON.parse(instance().abi.filmHistory(film)) as FilmHistory,
    share: (film) => instance().abi.filmShare(film),
    wishes: (film, after) =>
      JSON.parse(instance().abi.filmWishes(film, after)) as Wish[],
    settle(film, wish) {
      instance().abi.filmSettle(film, wish);
      return edited(film);
    },
    receive(film, edit) {
      instance().abi.filmReceive(film, edit);
      return edited(film);
    },
    withdraw(film, wish) {
      instance().abi.filmWithdraw(film, wish);
      return edited(film);
    },
    rebase(film, project) {
      instance().abi.filmRebase(film, project);
      return edited(film);
    },
    decided: (film) => instance().abi.filmDecided(film),
    preview,
    facts(film, uri) {
      const [folder] = folders.get(film) ?? [""];
      const isWhole = /^([a-z][a-z0-9+.-]*:|\/)/i.test(uri) || folder === "";
      return instance().abi.mediaProbe(isWhole ? uri : `${folder}/${uri}`);
    },
    async addFiles(film, files) {
      const { module } = instance();
      const [folder] = folders.get(film) ?? [""];
      if (folder.startsWith("file:")) module.crFiles.addFolder(files, folder);
      else await module.crOpfs.prepare([folder]);
      changed(film, film);
      return look(film);
    },
    probe(file) {
      const { module, abi } = instance();
      const folder = module.crFiles.addFolder(new Map([[file.name, file]]));
      try {
        return abi.mediaProbe(`${folder}/${file.name}`);
      } finally {
        module.crFiles.removeFolder(folder);
      }
    },
    projectOf(files) {
      const { module, abi } = instance();
      const folder = module.crFiles.addFolder(files);
      try {
        return abi.mediaProject(JSON.stringify([...files.keys()]), folder);
      } finally {
        module.crFiles.removeFolder(folder);
      }
    },
  };
}
