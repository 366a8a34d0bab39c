import { useState } from "react";
import { join, signIn, signInHere } from "@/actions/studio/account";
import { Button } from "@/parts/button";
import { Field, TextInput } from "@/parts/field";
import { Icon } from "@/parts/icon";
import type { Door as DoorState } from "@/server/client";
import type { Failure } from "@/state/session";
import { strings } from "@/strings";

const words = strings.door;
const PASSWORD_LETTERS_MIN = 12;

/** Name and password, of somebody who is known, or who takes [invitation]. */
function Person({
  invitation,
  isKnown = false,
}: {
  invitation: string | null;
  /** Has an account, and takes the invitation after signing in. */
  isKnown?: boolean;
}) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isNew = invitation !== null && !isKnown;
  const isShort = isNew && password.length < PASSWORD_LETTERS_MIN;
  const enter = async () => {
    setBusy(true);
    const who = { name: name.trim(), password };
    const deed = isNew
      ? join({ invitation, ...who })
      : isKnown
        ? signInHere(who)
        : signIn(who);
    setFailure(await deed);
    setBusy(false);
  };
  return (
    <form
      className="flex w-full flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Field label={words.name}>
        <TextInput
          autoFocus
          required
          autoComplete="username"
          className="h-11"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={words.password}>
        <TextInput
          type="password"
          required
          autoComplete={isNew ? "new-password" : "current-password"}
          className="h-11"
          aria-describedby={isNew ? "door-rule" : undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {isNew && (
        <p id="door-rule" className="-mt-2 text-xs text-faint">
          {words.rule(PASSWORD_LETTERS_MIN)}
        </p>
      )}
      {failure && (
        <p
          role="alert"
          className="appear rounded-control bg-bad-wash p-3 text-bad"
        >
          {failure.message}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="h-11"
        disabled={isBusy || !name.trim() || !password || isShort}
      >
        {isBusy ? words.entering : isNew ? words.join : words.signIn}
      </Button>
    </form>
  );
}

/** An invitation of somebody who may be known here already. */
function Invited({ invitation }: { invitation: string }) {
  const [isKnown, setKnown] = useState(false);
  return (
    <>
      <Person key={String(isKnown)} invitation={invitation} isKnown={isKnown} />
      <Button look="quiet" onClick={() => setKnown(!isKnown)}>
        {isKnown ? words.noAccount : words.haveAccount}
      </Button>
    </>
  );
}

/** In front of a server that shows nothing yet. */
export function Door({
  door,
  invitation,
}: {
  door: DoorState;
  invitation: string | null;
}) {
  const isAccount = door.kind === "account";
  const heading = !isAccount
    ? words.linkHeading
    : invitation
      ? words.joinHeading
      : words.heading;
  const lead = !isAccount
    ? door.message
    : invitation
      ? words.joinLead
      : words.lead;
  return (
    <section className="appear flex w-full max-w-sm flex-col items-center gap-6 rounded-[1.25rem] bg-surface p-7 shadow-panel">
      <span className="grid size-12 place-items-center rounded-full bg-accent-wash text-accent">
        <Icon name={isAccount ? "person" : "chain"} className="size-6" />
      </span>
      <div className="flex flex-col gap-1.5 text-center">
        <h1 className="text-xl font-semibold tracking-tight">{heading}</h1>
        <p className="text-soft text-pretty">{lead}</p>
      </div>
      {isAccount &&
        (invitation ? (
          <Invited invitation={invitation} />
        ) : (
          <Person invitation={null} />
        ))}
    </section>
  );
}
