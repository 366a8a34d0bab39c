import { useState } from "react";
import { changePassword } from "@/actions/studio/own_account";
import { Button } from "@/parts/button";
import { Field, TextInput } from "@/parts/field";
import type { Failure } from "@/state/session";
import { strings } from "@/strings";

const words = strings.account;
const LETTERS_MIN = 12;

interface Typed {
  old: string;
  wanted: string;
  repeated: string;
}
const NOTHING: Typed = { old: "", wanted: "", repeated: "" };

/** Another password for whoever knows the one until now. */
export function Password() {
  const [typed, setTyped] = useState(NOTHING);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isDone, setDone] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { old, wanted, repeated } = typed;
  const isUnlike = repeated !== "" && wanted !== repeated;
  const isWhole = old && wanted.length >= LETTERS_MIN && wanted === repeated;
  const change = async () => {
    setBusy(true);
    setDone(false);
    const came = await changePassword({ password: old, wanted });
    const refused = "failure" in came ? came.failure : null;
    setFailure(refused);
    setDone(!refused);
    if (!refused) setTyped(NOTHING);
    setBusy(false);
  };
  const field = (name: keyof Typed, label: string) => (
    <Field label={label}>
      <TextInput
        type="password"
        required
        autoComplete={name === "old" ? "current-password" : "new-password"}
        aria-invalid={
          (name === "repeated" && isUnlike) ||
          failure?.place === (name === "old" ? "password" : name)
        }
        aria-describedby={name === "wanted" ? "password-rule" : undefined}
        value={typed[name]}
        onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void change();
      }}
    >
      {field("old", words.old)}
      {field("wanted", words.wanted)}
      <p id="password-rule" className="-mt-1.5 text-xs text-faint">
        {strings.door.rule(LETTERS_MIN)}
      </p>
      {field("repeated", words.repeated)}
      {(isUnlike || failure) && (
        <p role="alert" className="rounded-control bg-bad-wash p-3 text-bad">
          {failure?.message ?? words.notAlike}
        </p>
      )}
      <p role="status" className="text-good empty:hidden">
        {isDone ? words.changed : ""}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="min-w-0 flex-1 basis-48 text-xs text-faint">
          {words.passwordLead}
        </span>
        <Button type="submit" look="primary" disabled={isBusy || !isWhole}>
          {isBusy ? words.changing : words.change}
        </Button>
      </div>
    </form>
  );
}
