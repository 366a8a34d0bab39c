import { serverFailure } from "@/actions/studio/attempt";
import type { FilmPeople, Role, Taken } from "@/server/account_types";
import { ask, filmPath } from "@/server/client";
import { filmHash, homeHash } from "@/state/route";
import type { Failure } from "@/state/session";

/** What came of something: a value, or why not. */
export type Outcome<T> = { value: T } | { failure: Failure };

export async function outcomeOf<T>(
  deed: () => Promise<T>,
): Promise<Outcome<T>> {
  try {
    return { value: await deed() };
  } catch (error) {
    return { failure: serverFailure(error) };
  }
}

/** Who is in the film. */
export const peopleOf = (film: string) =>
  outcomeOf(() => ask<FilmPeople>("GET", filmPath(film, "/people")));

/** Gives somebody a part, another one, or with "none" none. */
export const share = (film: string, name: string, role: Role | "none") =>
  outcomeOf(() =>
    ask<undefined>("PUT", filmPath(film, "/people"), { name, role }),
  );

/** The page begins anew, at [hash]: what this person may see is another. */
function beginAnewAt(hash: string) {
  history.replaceState(null, "", hash);
  location.reload();
}

/** Whoever leaves a film does not see it any more. */
export async function leave(film: string, name: string) {
  const left = await share(film, name, "none");
  if ("value" in left) beginAnewAt(homeHash);
  return left;
}

/** A link by which one person takes part. */
export const inviteInto = (film: string, role: Role) =>
  outcomeOf(async () => {
    const { invitation } = await ask<{ invitation: string }>(
      "POST",
      filmPath(film, "/invitations"),
      { role },
    );
    return new URL(`#invitation=${invitation}`, document.baseURI).href;
  });

export const takeBack = (film: string, id: number) =>
  outcomeOf(() =>
    ask<undefined>("DELETE", filmPath(film, `/invitations/${id}`)),
  );

/** Takes the part that the invitation of a link gives, and goes to the film; gives why it was refused. */
export async function takePart(invitation: string): Promise<Failure | null> {
  const taken = await outcomeOf(() =>
    ask<Taken>("POST", "api/parts", { invitation }),
  );
  if ("failure" in taken) return taken.failure;
  beginAnewAt(filmHash(taken.value.film));
  return null;
}
