import { useId, useState } from "react";
import { inviteInto, share } from "@/actions/studio/share";
import { Button } from "@/parts/button";
import { CopiedLink } from "@/parts/copied_link";
import { TextInput } from "@/parts/field";
import type { Role } from "@/server/account_types";
import { strings } from "@/strings";
import { RoleChoice } from "./role_choice";
import type { Do } from "./share";

const words = strings.share;

/** A link by which one more person takes part. */
export function InviteByLink({
  film,
  letsJoin,
  act,
}: {
  film: string;
  letsJoin: boolean;
  act: Do;
}) {
  const heading = useId();
  const [role, setRole] = useState<Role>("editor");
  const [made, setMade] = useState<{ link: string; role: Role } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await act(async () => {
      const invited = await inviteInto(film, role);
      if ("value" in invited) setMade({ link: invited.value, role });
      return invited;
    }, words.told.made);
    setBusy(false);
  };
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-2">
      <h3 id={heading} className="font-semibold">
        {words.invite}
      </h3>
      <p className="text-soft text-pretty">
        {letsJoin ? words.inviteLead : words.inviteLeadKnown}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <RoleChoice label={words.as} role={role} onChoose={setRole} />
        <span className="min-w-0 flex-1 basis-40 text-xs text-faint">
          {words.can[role]}
        </span>
        <Button
          look="primary"
          icon="chain"
          disabled={isBusy}
          onClick={() => void make()}
        >
          {isBusy ? words.makingLink : words.makeLink}
        </Button>
      </div>
      {made && (
        <div className="appear flex flex-col gap-1.5">
          <p className="text-xs text-soft">
            {words.linkOf(words.roles[made.role])}
          </p>
          <CopiedLink
            label={words.link}
            link={made.link}
            copyLabel={words.copy}
            copiedLabel={words.copied}
            onCopy={() =>
              void act(
                () => Promise.resolve({ value: null }),
                words.told.copied,
              )
            }
          />
        </div>
      )}
    </section>
  );
}

/** A part for somebody who has an account, by their name. */
export function AddSomebody({ film, act }: { film: string; act: Do }) {
  const heading = useId();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    const who = name.trim();
    setBusy(true);
    const isDone = await act(
      () => share(film, who, role),
      words.told.changed(who, words.roles[role]),
    );
    setBusy(false);
    if (isDone) setName("");
  };
  return (
    <form
      aria-labelledby={heading}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h3 id={heading} className="font-semibold">
        {words.add}
      </h3>
      <div className="flex flex-wrap gap-2">
        <TextInput
          aria-label={words.name}
          placeholder={words.name}
          autoComplete="off"
          className="w-auto! flex-1 basis-40"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <RoleChoice label={words.as} role={role} onChoose={setRole} />
        <Button type="submit" disabled={isBusy || !name.trim()}>
          {words.addThem}
        </Button>
      </div>
    </form>
  );
}
