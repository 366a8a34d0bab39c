import { redo, undo } from "@/actions/edit/apply";
import { now } from "@/state/session";

/** Takes edits back, or applies them again, until [position] of them hold. */
export async function jumpTo(position: number) {
  const film = now().open?.film;
  if (!film) return;
  let left = film.history.names.length + 1; // never more steps than there are
  while (left-- > 0 && film.history.position !== position) {
    const isBack = film.history.position > position;
    if (!(await (isBack ? undo() : redo()))) return;
  }
}
