import { outcomeOf } from "@/actions/studio/share";
import type {
  AccountLine,
  InvitationLine,
  PasswordChange,
  SessionLine,
  TokenLine,
} from "@/server/account_types";
import { ask } from "@/server/client";
import type { Person } from "@/server/types";

export const changePassword = (change: PasswordChange) =>
  outcomeOf(() => ask<undefined>("PUT", "api/password", change));

/** Where this person is signed in. */
export const sessionsNow = () =>
  outcomeOf(
    async () =>
      (await ask<{ sessions: SessionLine[] }>("GET", "api/sessions")).sessions,
  );

export const endSession = (id: number) =>
  outcomeOf(() => ask<undefined>("DELETE", `api/sessions/${id}`));

/** The keys of this person's programs. */
export const tokensNow = () =>
  outcomeOf(
    async () =>
      (await ask<{ tokens: TokenLine[] }>("GET", "api/tokens")).tokens,
  );

/** Gives a new key, which nobody is shown again. */
export const makeToken = (name: string, scope: Person["scope"]) =>
  outcomeOf(
    async () =>
      (await ask<{ token: string }>("POST", "api/tokens", { name, scope }))
        .token,
  );

export const revokeToken = (id: number) =>
  outcomeOf(() => ask<undefined>("DELETE", `api/tokens/${id}`));

/** Everybody who has an account, for whoever runs the server. */
export const accountsNow = () =>
  outcomeOf(
    async () =>
      (await ask<{ people: AccountLine[] }>("GET", "api/people")).people,
  );

/** Invitations to the server that nobody took yet, for whoever runs it. */
export const invitationsNow = () =>
  outcomeOf(
    async () =>
      (await ask<{ invitations: InvitationLine[] }>("GET", "api/invitations"))
        .invitations,
  );

export const takeInvitationBack = (id: number) =>
  outcomeOf(() => ask<undefined>("DELETE", `api/invitations/${id}`));

/** A link by which [name] sets a new password. */
export const resetLink = (name: string) =>
  outcomeOf(async () => {
    const path = `api/people/${encodeURIComponent(name)}/reset`;
    const { reset } = await ask<{ reset: string }>("POST", path);
    return new URL(`#reset=${reset}`, document.baseURI).href;
  });
