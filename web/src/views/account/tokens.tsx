import { useState } from "react";
import {
  makeToken,
  revokeToken,
  tokensNow,
} from "@/actions/studio/own_account";
import { Button } from "@/parts/button";
import { CopiedLink } from "@/parts/copied_link";
import { Field, Select, TextInput } from "@/parts/field";
import type { Person } from "@/server/types";
import { strings } from "@/strings";
import { Line, List, noteOf, useListed, type Do } from "./listed";

const words = strings.account;
const SCOPES: readonly Person["scope"][] = ["read", "write", "admin"];
const NAME_LETTERS_MAX = 60;

function NewToken({ act }: { act: Do }) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Person["scope"]>("read");
  const [made, setMade] = useState<string | null>(null);
  const make = () =>
    act(async () => {
      const came = await makeToken(name.trim(), scope);
      if ("value" in came) {
        setMade(came.value);
        setName("");
      }
      return came;
    }, "");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Field label={words.tokenName} className="flex-1 basis-40">
          <TextInput
            autoComplete="off"
            maxLength={NAME_LETTERS_MAX}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={words.scope} className="basis-36">
          <Select
            value={scope}
            onChange={(event) =>
              setScope(event.target.value as Person["scope"])
            }
          >
            {SCOPES.map((one) => (
              <option key={one} value={one}>
                {words.scopes[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" look="primary" disabled={!name.trim()}>
          {words.make}
        </Button>
      </div>
      {made && (
        <div role="status" className="appear flex flex-col gap-1.5">
          <p className="text-xs text-soft">{words.made}</p>
          <CopiedLink
            label={words.key}
            link={made}
            copyLabel={words.copy}
            copiedLabel={words.copied}
          />
        </div>
      )}
    </form>
  );
}

/** The keys by which programs come in as this person. */
export function Tokens() {
  const listed = useListed(tokensNow);
  return (
    <>
      <p className="text-soft text-pretty">{words.tokensLead}</p>
      <NewToken act={listed.act} />
      <List label={words.tokens} listed={listed} empty={words.noTokens}>
        {(token) => {
          const name = token.name || words.unnamed;
          return (
            <Line
              key={token.id}
              title={name}
              mark={words.scopes[token.scope]}
              note={noteOf(token)}
            >
              <Button
                look="quiet"
                aria-label={words.revokeOf(name)}
                onClick={() =>
                  void listed.act(() => revokeToken(token.id), words.revoked)
                }
              >
                {words.revoke}
              </Button>
            </Line>
          );
        }}
      </List>
    </>
  );
}
