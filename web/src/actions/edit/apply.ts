// Sends edits to the engine, one behind the other, and takes over what comes of them.
import type { Film } from "@/engine/engine";
import { tell } from "@/actions/tell_trouble";
import { failureOf } from "@/state/failure";
import { filmOf, mirror, projectNow } from "@/state/project";
import { keepSelected, resetSelection } from "@/state/selection";
import { change, now, useSession } from "@/state/session";

/** An edit of docs/edits.md. */
export type Edit = { op: string } & Record<string, unknown>;

/** Several edits as one: undone together, judged by what comes out. One stays itself. */
export function batch(name: string, edits: readonly Edit[]): Edit | null {
  const [first] = edits;
  if (!first) return null;
  return edits.length === 1 ? first : { op: "batch", name, edits };
}

/** What is under way: the next begins behind it, whatever becomes of it. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const mine = last.then(task, task);
  last = mine.catch(() => undefined);
  return mine;
}

/** Reads the project of the open film anew. */
async function takeOver(film: Film): Promise<void> {
  const text = await film.json();
  const { open } = now();
  if (open?.film !== film) return; // another film was opened meanwhile
  mirror(text);
  const { places } = projectNow();
  const sequence = filmOf(projectNow());
  const others = new Set(
    sequence
      ? [
          ...sequence.markers.map(({ id }) => id),
          ...sequence.tracks.flatMap(({ id, transitions }) => [
            id,
            ...transitions.map((transition) => transition.id),
          ]),
        ]
      : [],
  );
  keepSelected(
    (id) => places.has(id),
    (id) => others.has(id),
  );
  // Whoever shows the film's facts is drawn anew.
  change({ open: { ...open } });
}

async function changeFilm(
  what: (film: Film) => Promise<unknown>,
): Promise<boolean> {
  const film = now().open?.film;
  if (!film) return false;
  return inTurn(async () => {
    try {
      await what(film);
      await takeOver(film);
      return true;
    } catch (error) {
      if (now().open?.film === film) tell(failureOf(error));
      return false;
    }
  });
}

/**
 * Applies [edit] under [name], which undo shows. Resolves when the mirror holds what came of it; false
 * where the engine refused, and then its sentence is on the page. Nothing to do is done.
 */
export function applyEdit(edit: Edit | null, name: string): Promise<boolean> {
  if (!edit) return Promise.resolve(true);
  return changeFilm((film) => film.apply(edit, name));
}

/** Applies what [make] gives once every edit before it is in the mirror: for what is built on what is there. */
export const applyMade = (
  make: () => Edit | null,
  name: string,
): Promise<boolean> =>
  changeFilm(async (film) => {
    const edit = make();
    if (edit) await film.apply(edit, name);
  });

/** Takes the last edit back; without one nothing happens. */
export const undo = () =>
  now().open?.film.info.canUndo === null
    ? Promise.resolve(false)
    : changeFilm((film) => film.undo());

/** Applies the edit again that was taken back last. */
export const redo = () =>
  now().open?.film.info.canRedo === null
    ? Promise.resolve(false)
    : changeFilm((film) => film.redo());

/** Keeps the mirror with whatever film is open, until the returned function is called. */
export function followFilm(): () => void {
  let shown: Film | null = null;
  const look = () => {
    const film = now().open?.film ?? null;
    if (film === shown) return;
    shown = film;
    mirror(null);
    resetSelection();
    if (!film) return;
    inTurn(() => takeOver(film)).catch((error: unknown) => {
      if (now().open?.film === film) tell(failureOf(error));
    });
  };
  look();
  return useSession.subscribe(look);
}
