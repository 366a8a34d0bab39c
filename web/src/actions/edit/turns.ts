// What is done to the open film: one thing behind the other, and the mirror follows.
import type { Film } from "@/engine/engine";
import { filmOf, mirror, projectNow } from "@/state/project";
import { keepSelected } from "@/state/selection";
import { change, now } from "@/state/session";

/** What is under way: the next begins behind it, whatever becomes of it. */
let last: Promise<unknown> = Promise.resolve();

/** Does [task] behind everything that was begun before. */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const mine = last.then(task, task);
  last = mine.catch(() => undefined);
  return mine;
}

/** Reads the project of [film] anew if it is the open one; [onText] has it before anybody else. */
export async function takeOver(
  film: Film,
  onText: (text: string) => void = () => undefined,
): Promise<void> {
  const text = await film.json();
  const { open } = now();
  if (open?.film !== film) return; // another film was opened meanwhile
  onText(text);
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
