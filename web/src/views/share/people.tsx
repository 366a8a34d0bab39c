import { useId, useState } from "react";
import { leave, share, takeBack } from "@/actions/studio/share";
import { Button, IconButton } from "@/parts/button";
import type { FilmPeople, Role } from "@/server/account_types";
import type { Person } from "@/server/types";
import { locale, strings } from "@/strings";
import { RoleChoice } from "./role_choice";
import type { Do } from "./share";

const words = strings.share;

/** Somebody's first letter. */
function Letter({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-wash text-xs font-semibold text-accent uppercase"
    >
      {[...name][0]}
    </span>
  );
}

/** One's own way out of the film. */
function Leave({ film, name, act }: { film: string; name: string; act: Do }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking)
    return (
      <Button look="quiet" onClick={() => setAsking(true)}>
        {words.leave}
      </Button>
    );
  return (
    <span
      role="group"
      aria-label={words.leave}
      className="flex w-full flex-wrap items-center justify-end gap-2"
    >
      <span className="min-w-0 flex-1 basis-48 text-xs text-soft">
        {words.leaveSure}
      </span>
      <Button autoFocus onClick={() => setAsking(false)}>
        {words.leaveNo}
      </Button>
      <Button
        look="danger"
        onClick={() => {
          setAsking(false);
          void act(() => leave(film, name), "");
        }}
      >
        {words.leaveYes}
      </Button>
    </span>
  );
}

function PersonLine({
  film,
  name,
  role,
  isYou,
  isOwner,
  act,
}: {
  film: string;
  name: string;
  role: Role;
  isYou: boolean;
  isOwner: boolean;
  act: Do;
}) {
  const [isBusy, setBusy] = useState(false);
  const give = async (next: Role | "none") => {
    setBusy(true);
    await act(
      () => share(film, name, next),
      next === "none"
        ? words.told.removed(name)
        : words.told.changed(name, words.roles[next]),
    );
    setBusy(false);
  };
  return (
    <li
      data-person={name}
      className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1.5 py-1.5"
    >
      <Letter name={name} />
      <span className="min-w-0 flex-1 basis-24 truncate">
        {name}
        {isYou && <span className="text-faint"> ({words.you})</span>}
      </span>
      {isOwner ? (
        <RoleChoice
          label={words.roleOf(name)}
          role={role}
          isBusy={isBusy}
          onChoose={(next) => void give(next)}
        />
      ) : (
        <span className="text-soft">{words.roles[role]}</span>
      )}
      {isYou && <Leave film={film} name={name} act={act} />}
      {isOwner && !isYou && (
        <IconButton
          icon="close"
          label={words.removeThem(name)}
          disabled={isBusy}
          onClick={() => void give("none")}
        />
      )}
    </li>
  );
}

/** Everybody who has a part, and what it is. */
export function People({
  film,
  told,
  person,
  act,
}: {
  film: string;
  told: FilmPeople;
  person: Person;
  act: Do;
}) {
  const heading = useId();
  const isAlone = told.people.every(({ name }) => name === person.name);
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-1">
      <h3 id={heading} className="font-semibold">
        {words.people}
      </h3>
      <ul className="flex flex-col divide-y divide-line">
        {told.people.map(({ name, role }) => (
          <PersonLine
            key={name}
            film={film}
            name={name}
            role={role}
            isYou={name === person.name}
            isOwner={told.role === "owner"}
            act={act}
          />
        ))}
      </ul>
      {isAlone && <p className="text-faint">{words.alone}</p>}
    </section>
  );
}

const dayOf = (time: number) =>
  new Date(time).toLocaleDateString(locale, { dateStyle: "medium" });

/** Who was invited, and has not come. */
export function Invitations({
  film,
  told,
  act,
}: {
  film: string;
  told: FilmPeople;
  act: Do;
}) {
  const heading = useId();
  const { invitations = [] } = told;
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-1">
      <h3 id={heading} className="font-semibold">
        {words.invitations}
      </h3>
      <ul className="flex flex-col divide-y divide-line">
        {invitations.map(({ id, role, from, expires }) => {
          const line = words.invitation(words.roles[role], from);
          return (
            <li
              key={id}
              className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 py-1.5"
            >
              <span className="min-w-0 flex-1 basis-40">
                {line}
                <span className="block text-xs text-faint">
                  {words.until(dayOf(expires))}
                </span>
              </span>
              <Button
                look="quiet"
                aria-label={words.takeBackOf(line)}
                onClick={() =>
                  void act(() => takeBack(film, id), words.told.takenBack)
                }
              >
                {words.takeBack}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
