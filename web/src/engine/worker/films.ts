// The films that are open in this worker.

import type { FilmInfo, FilmSource } from "../engine";
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
  | "probe"
  | "projectOf"
>;

/** What films can be asked; `changed` hears of every film that was edited. */
export function filmCalls(
  instance: () => Instance,
  changed: (film: number) => void,
): FilmCalls {
  const folders = new Map<number, () => void>();
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

  const edited = (film: number): FilmInfo => {
    changed(film);
    return infoOf(film);
  };

  return {
    async openFilm(source: FilmSource) {
      const [folder, leave] = await openFolder(instance(), source);
      try {
        const film = instance().abi.filmOpen(source.project, folder);
        folders.set(film, leave);
        return { film, info: look(film) };
      } catch (why) {
        leave();
        throw why;
      }
    },
    closeFilm(film) {
      instance().abi.filmClose(film);
      folders.get(film)?.();
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
