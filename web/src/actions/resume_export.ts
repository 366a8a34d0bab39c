import { askForFolder } from "@/actions/choose_folder";
import { askForTarget } from "@/actions/export_target";
import { followExport } from "@/actions/follow_export";
import { tell } from "@/actions/tell_trouble";
import type { FilmSource, InterruptedExport } from "@/engine/engine";
import { fileNameOf } from "@/state/export_form";
import { failureOf, isUsersChoice } from "@/state/failure";
import { understand } from "@/state/project_files";
import { change, now } from "@/state/session";

const drop = (id: string) =>
  change(({ interrupted }) => ({
    interrupted: interrupted.filter((left) => left.id !== id),
  }));

/** Asks for the folder of an unfinished export's media; null where the user closes the question. */
export async function askForSource(): Promise<FilmSource | null> {
  try {
    const choice = await understand(await askForFolder(() => undefined));
    if (choice.kind === "project")
      return { kind: "files", project: choice.project, files: choice.files };
    const files = new Map(choice.files.map((file) => [file.name, file]));
    return { kind: "files", project: "", files };
  } catch (error) {
    if (!isUsersChoice(error)) tell(failureOf(error));
    return null;
  }
}

/** Goes on with an export that a closed tab left. Needs a user's gesture. */
export async function resumeExport(
  left: InterruptedExport,
  source: FilmSource | null,
) {
  const { engine } = now();
  if (!engine) return;
  const { format } = left.wishes;
  try {
    const name = fileNameOf(left.title, format);
    const target = await askForTarget(name, format);
    const job = await engine.resumeExport(left.id, target, source ?? undefined);
    drop(left.id);
    followExport(job, left.title, left.wishes, target);
  } catch (error) {
    if (!isUsersChoice(error)) tell(failureOf(error));
  }
}

/** Throws away what an unfinished export left. */
export async function discardExport(left: InterruptedExport) {
  try {
    await now().engine?.discard(left.id);
    drop(left.id);
  } catch (error) {
    tell(failureOf(error));
  }
}
