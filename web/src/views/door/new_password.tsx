import { useState } from "react";
import { beginAnew, setPassword } from "@/actions/studio/account";
import { Button } from "@/parts/button";
import { Field, TextInput } from "@/parts/field";
import { Icon } from "@/parts/icon";
import type { Failure } from "@/state/session";
import { strings } from "@/strings";

const words = strings.door;
const LETTERS_MIN = 12;

function Form({ reset, onDone }: { reset: string; onDone: () => void }) {
  const [password, setTyped] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = async () => {
    setBusy(true);
    const refused = await setPassword(reset, password);
    setFailure(refused);
    setBusy(false);
    if (!refused) onDone();
  };
  return (
    <form
      className="flex w-full flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void set();
      }}
    >
      <Field label={words.newPassword}>
        <TextInput
          type="password"
          autoFocus
          required
          autoComplete="new-password"
          className="h-11"
          aria-describedby="new-password-rule"
          value={password}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <p id="new-password-rule" className="-mt-2 text-xs text-faint">
        {words.rule(LETTERS_MIN)}
      </p>
      {failure && (
        <p role="alert" className="rounded-control bg-bad-wash p-3 text-bad">
          {failure.message}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="h-11"
        disabled={isBusy || password.length < LETTERS_MIN}
      >
        {isBusy ? words.entering : words.set}
      </Button>
    </form>
  );
}

/** What the link of whoever runs the server opens for somebody who forgot the password. */
export function NewPassword({ reset }: { reset: string }) {
  const [isDone, setDone] = useState(false);
  return (
    <section className="appear flex w-full max-w-sm flex-col items-center gap-6 rounded-[1.25rem] bg-surface p-7 shadow-panel">
      <span className="grid size-12 place-items-center rounded-full bg-accent-wash text-accent">
        <Icon name="lock" className="size-6" />
      </span>
      <div className="flex flex-col gap-1.5 text-center">
        <h1 className="text-xl font-semibold tracking-tight">
          {words.resetHeading}
        </h1>
        <p role="status" className="text-soft text-pretty">
          {isDone ? words.resetDone : words.resetLead}
        </p>
      </div>
      {isDone ? (
        <Button look="primary" onClick={beginAnew}>
          {words.signIn}
        </Button>
      ) : (
        <Form reset={reset} onDone={() => setDone(true)} />
      )}
    </section>
  );
}
