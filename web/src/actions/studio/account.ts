import { attempt, serverFailure } from "@/actions/studio/attempt";
import { ask, signInAs } from "@/server/client";
import type { Join, SignIn } from "@/server/types";
import { homeHash } from "@/state/route";
import type { Failure } from "@/state/session";

/** The page begins anew, as another person. */
export function beginAnew() {
  history.replaceState(null, "", homeHash);
  location.reload();
}

/** Does [deed] and begins anew; gives why it was refused. */
async function enter(deed: () => Promise<unknown>): Promise<Failure | null> {
  try {
    await deed();
    beginAnew();
    return null;
  } catch (error) {
    return serverFailure(error);
  }
}

export const signIn = (who: SignIn) => enter(() => signInAs(who));

/** Takes an invitation, and signs in. */
export const join = (wish: Join) =>
  enter(async () => {
    await ask("POST", "api/people", wish);
    await signInAs({ name: wish.name, password: wish.password });
  });

/** Signs in, and the page begins anew where it is: at the invitation that is then taken. */
export async function signInHere(who: SignIn): Promise<Failure | null> {
  try {
    await signInAs(who);
    location.reload();
    return null;
  } catch (error) {
    return serverFailure(error);
  }
}

/** Sets a password by the key of a link, once; gives why it was refused. */
export async function setPassword(
  reset: string,
  password: string,
): Promise<Failure | null> {
  try {
    await ask("POST", "api/reset", { reset, password });
    return null;
  } catch (error) {
    return serverFailure(error);
  }
}

/** Here, or wherever this person is signed in. */
export const signOut = (isEverywhere: boolean) =>
  attempt(async () => {
    await ask("DELETE", `api/session${isEverywhere ? "?all=true" : ""}`);
    beginAnew();
  });

/** Gives a link by which one more person can join, once, within a week; null: it was refused. */
export async function invite(): Promise<string | null> {
  let link: string | null = null;
  await attempt(async () => {
    const { invitation } = await ask<{ invitation: string }>(
      "POST",
      "api/invitations",
      {},
    );
    link = new URL(`#invitation=${invitation}`, document.baseURI).href;
  });
  return link;
}
