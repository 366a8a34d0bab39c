import {
  beginWithPeople,
  endWithPeople,
  holdCopy,
  isWithPeople,
} from "@/actions/edit/with_people";
import { openAddress, openSource } from "@/actions/open_film";
import { serverLine } from "@/actions/studio/follow_server";
import type { ProjectEvents } from "@/server/live";
import { readCopy, sourceOfFilm, type FilmCopy } from "@/state/film_copy";
import { now } from "@/state/session";
import { strings } from "@/strings";

/** How long the server may take to say what a film is. */
const TOLD_WITHIN_MS = 20_000;

const nothing = () => undefined;

/** The project of film [id] as the server has it; null: nobody edits it there. */
function askProject(id: string): Promise<FilmCopy | null> {
  const line = serverLine();
  if (!line) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      line.leave(id);
      reject(new Error(strings.people.silent));
    }, TOLD_WITHIN_MS);
    const answer = (copy: FilmCopy | null) => {
      clearTimeout(timer);
      resolve(copy);
    };
    const events: ProjectEvents = {
      onWhole: (seq, project) =>
        answer({ seq, project: JSON.stringify(project), wishes: [] }),
      onGone: () => answer(null),
      onEdit: nothing,
      onKnown: nothing,
      onRefused: nothing,
      onPeople: nothing,
      onLine: nothing,
    };
    line.join(id, null, events);
  });
}

/** Opens film [id] of the server, to be edited with whoever else does; [address] is its project's. */
export async function openShared(id: string, address: URL): Promise<void> {
  const hasRoom = now().engine?.abilities.storage ?? false;
  const release = hasRoom ? await holdCopy(id) : null;
  let copy: FilmCopy | null = null;
  try {
    copy = hasRoom ? await readCopy(id) : null;
    copy ??= await askProject(id);
  } catch {
    // It is said below, where the project itself cannot be had either.
  }
  if (!copy) {
    release?.();
    return openAddress(address);
  }
  const { seq, project, wishes } = copy;
  // What another tab wished is that tab's to send.
  const mine = release ? wishes : [];
  await openSource(
    () => sourceOfFilm(id, project),
    (film) => beginWithPeople(film, id, seq, mine, release),
  );
  const { open } = now();
  // Another film was opened meanwhile, or this one could not be.
  if (!open || !isWithPeople(open.film)) endWithPeople();
}
