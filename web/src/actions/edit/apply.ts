// Sends edits to the engine, one behind the other, and takes over what comes of them.
import { beginShared, endShared, makeStep } from "@/actions/edit/together";
import { inTurn, takeOver } from "@/actions/edit/turns";
import { endWithPeople, isWithPeople } from "@/actions/edit/with_people";
import { tell } from "@/actions/tell_trouble";
import type { Film } from "@/engine/engine";
import { failureOf } from "@/state/failure";
import { mirror } from "@/state/project";
import { resetSelection } from "@/state/selection";
import { now, useSession } from "@/state/session";
import type { Step } from "@/state/shared_edits";

/** An edit of docs/edits.md. */
export type Edit = { op: string } & Record<string, unknown>;

/** Several edits as one: undone together, judged by what comes out. One stays itself. */
export function batch(name: string, edits: readonly Edit[]): Edit | null {
  const [first] = edits;
  if (!first) return null;
  return edits.length === 1 ? first : { op: "batch", name, edits };
}

async function changeFilm(make: () => Step | null): Promise<boolean> {
  const film = now().open?.film;
  if (!film) return false;
  return inTurn(async () => {
    try {
      const step = make();
      if (step) await makeStep(film, step);
      await takeOver(film);
      return true;
    } catch (error) {
      if (now().open?.film === film) tell(failureOf(error));
      return false;
    }
  });
}

const stepOf = (edit: Edit, name: string): Step => ({
  do: "apply",
  edit,
  name,
});

/**
 * Applies [edit] under [name], which undo shows. Resolves when the mirror holds what came of it; false
 * where the engine refused, and then its sentence is on the page. Nothing to do is done.
 */
export function applyEdit(edit: Edit | null, name: string): Promise<boolean> {
  if (!edit) return Promise.resolve(true);
  return changeFilm(() => stepOf(edit, name));
}

/** Applies what [make] gives once every edit before it is in the mirror: for what is built on what is there. */
export const applyMade = (
  make: () => Edit | null,
  name: string,
): Promise<boolean> =>
  changeFilm(() => {
    const edit = make();
    return edit && stepOf(edit, name);
  });

/** Takes the last edit back; without one nothing happens. */
export const undo = () =>
  now().open?.film.info.canUndo === null
    ? Promise.resolve(false)
    : changeFilm(() => ({ do: "undo" }));

/** Applies the edit again that was taken back last. */
export const redo = () =>
  now().open?.film.info.canRedo === null
    ? Promise.resolve(false)
    : changeFilm(() => ({ do: "redo" }));

/** Keeps the mirror with whatever film is open, until the returned function is called. */
export function followFilm(): () => void {
  let shown: Film | null = null;
  const look = () => {
    const film = now().open?.film ?? null;
    if (film === shown) return;
    shown = film;
    mirror(null);
    resetSelection();
    if (!film || !isWithPeople(film)) endWithPeople();
    if (!film) return endShared();
    const begin = (text: string) => beginShared(film, text);
    inTurn(() => takeOver(film, begin)).catch((error: unknown) => {
      if (now().open?.film === film) tell(failureOf(error));
    });
  };
  look();
  return useSession.subscribe(look);
}
