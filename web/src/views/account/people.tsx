import { useState } from "react";
import {
  accountsNow,
  invitationsNow,
  resetLink,
  takeInvitationBack,
} from "@/actions/studio/own_account";
import { Button } from "@/parts/button";
import { CopiedLink } from "@/parts/copied_link";
import type { AccountLine } from "@/server/account_types";
import { strings } from "@/strings";
import { dayName, Line, List, noteOf, useListed } from "./listed";

const words = strings.account;

const markOf = ({ admin, disabled }: AccountLine) =>
  disabled ? words.disabled : admin ? words.admin : null;

/** Who was invited to the server, and has not come. */
function Invitations() {
  const listed = useListed(invitationsNow);
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{words.invitations}</h3>
      <List
        label={words.invitations}
        listed={listed}
        empty={words.noInvitations}
      >
        {({ id, from, scope, expires }) => {
          const title = scope === "admin" ? words.asAdmin : words.plain;
          const note = `${words.invitedBy(from)} · ${words.until(dayName(expires))}`;
          return (
            <Line key={id} title={title} note={note}>
              <Button
                look="quiet"
                aria-label={words.takeBackOf(`${title} ${note}`)}
                onClick={() =>
                  void listed.act(() => takeInvitationBack(id), words.takenBack)
                }
              >
                {words.takeBack}
              </Button>
            </Line>
          );
        }}
      </List>
    </section>
  );
}

/** Everybody who has an account, and the way back for who forgot the password. */
export function People() {
  const listed = useListed(accountsNow);
  const [made, setMade] = useState<{ name: string; link: string } | null>(null);
  const reset = (name: string) =>
    listed.act(async () => {
      const came = await resetLink(name);
      if ("value" in came) setMade({ name, link: came.value });
      return came;
    }, "");
  return (
    <>
      <p className="text-soft">{words.peopleLead}</p>
      {made && (
        <div role="status" className="appear flex flex-col gap-1.5">
          <p className="text-soft text-pretty">{words.resetMade(made.name)}</p>
          <CopiedLink
            label={words.link}
            link={made.link}
            copyLabel={words.copy}
            copiedLabel={words.copied}
          />
        </div>
      )}
      <List label={words.people} listed={listed}>
        {(account) => {
          const mark = markOf(account);
          return (
            <Line
              key={account.name}
              title={account.name}
              {...(mark && { mark })}
              note={`${words.films(account.films)} · ${noteOf(account)}`}
            >
              {!account.disabled && (
                <Button
                  look="quiet"
                  aria-label={words.resetOf(account.name)}
                  onClick={() => void reset(account.name)}
                >
                  {words.reset}
                </Button>
              )}
            </Line>
          );
        }}
      </List>
      <Invitations />
    </>
  );
}
