import { askForFolder } from "@/actions/choose_folder";
import { show } from "@/actions/open_film";
import { failureOf, isUsersChoice } from "@/state/failure";
import { mediaOf } from "@/state/project_files";
import { change, now } from "@/state/session";
import { tell } from "@/actions/tell_trouble";

/** Asks for the folder with the media that are missing, and opens the film anew with them. */
export async function findMedia() {
  const { engine, open } = now();
  if (!engine || !open) return;
  try {
    const found = await askForFolder(() => undefined);
    const project = await open.film.json();
    const known = open.source?.kind === "files" ? open.source.files : new Map();
    const files = new Map([...known, ...mediaOf(project, "", found)]);
    const source = { kind: "files", project, files } as const;
    change({ scene: { kind: "opening", since: Date.now() } });
    show(await engine.open(source), source);
  } catch (error) {
    change({ scene: { kind: "film" } });
    if (!isUsersChoice(error)) tell(failureOf(error));
  }
}
