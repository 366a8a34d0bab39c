import { useCallback, useEffect, useState } from "react";
import { peopleOf, type Outcome } from "@/actions/studio/share";
import { Button } from "@/parts/button";
import { Dialog } from "@/parts/dialog";
import { Skeleton } from "@/parts/skeleton";
import type { FilmPeople } from "@/server/account_types";
import type { Person } from "@/server/types";
import { useRoute } from "@/state/route";
import { change, type Failure } from "@/state/session";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";
import { AddSomebody, InviteByLink } from "./invite";
import { Invitations, People } from "./people";

const words = strings.share;

/** Does [deed], says [done], and asks anew who is there. */
export type Do = (
  deed: () => Promise<Outcome<unknown>>,
  done: string,
) => Promise<boolean>;

interface Known {
  told: FilmPeople | null;
  failure: Failure | null;
}

/** Who is in [film], and what changes it. */
function usePeople(film: string) {
  const [known, setKnown] = useState<Known>({ told: null, failure: null });
  const [refused, setRefused] = useState<Failure | null>(null);
  const [done, setDone] = useState("");
  const read = useCallback(async () => {
    const asked = await peopleOf(film);
    setKnown(({ told }) =>
      "value" in asked
        ? { told: asked.value, failure: null }
        : { told, failure: asked.failure },
    );
  }, [film]);
  useEffect(() => void read(), [read]);
  const act: Do = async (deed, said) => {
    setRefused(null);
    setDone("");
    const came = await deed();
    const failure = "failure" in came ? came.failure : null;
    setRefused(failure);
    if (!failure) setDone(said);
    await read();
    return failure === null;
  };
  return { ...known, refused, done, act, read };
}

function Loading() {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-9" />
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
    </div>
  );
}

function NotKnown({
  failure,
  onAgain,
}: {
  failure: Failure;
  onAgain: () => void;
}) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-bad-wash p-3"
    >
      <span className="min-w-0 flex-1 basis-56">
        <span className="font-medium">{words.failed}</span>
        <span className="block text-soft">{failure.message}</span>
      </span>
      <Button onClick={onAgain}>{words.again}</Button>
    </div>
  );
}

/** What somebody who may not share the film is told. */
function Lead({ told, person }: { told: FilmPeople; person: Person }) {
  const isIn = told.people.some(({ name }) => name === person.name);
  if (told.role !== "owner")
    return <p className="text-soft">{words.asked[told.role]}</p>;
  return isIn ? null : <p className="text-soft">{words.everything}</p>;
}

function Body({ film, person }: { film: string; person: Person }) {
  const { told, failure, refused, done, act, read } = usePeople(film);
  if (!told)
    return failure ? (
      <NotKnown failure={failure} onAgain={() => void read()} />
    ) : (
      <Loading />
    );
  const isOwner = told.role === "owner";
  return (
    <>
      <Lead told={told} person={person} />
      {isOwner && (
        <InviteByLink film={film} letsJoin={person.admin} act={act} />
      )}
      {isOwner && <AddSomebody film={film} act={act} />}
      {refused && (
        <p role="alert" className="rounded-control bg-bad-wash p-3 text-bad">
          {refused.message}
        </p>
      )}
      <People film={film} told={told} person={person} act={act} />
      <Invitations film={film} told={told} act={act} />
      <p role="status" className="sr-only">
        {done}
      </p>
    </>
  );
}

/** Who is in the film that the address names, and as what. */
export function Share() {
  const route = useRoute();
  const film = route.kind === "film" ? route.id : "";
  const person = useStudio((studio) => studio.person);
  const title = useStudio((studio) => studio.films[film]?.title ?? "");
  if (!film || !person) return null;
  return (
    <Dialog
      title={title ? words.heading(title) : words.headingUntitled}
      closeLabel={words.close}
      onClose={() => change({ dialog: null })}
      className="max-w-xl"
    >
      <div className="flex flex-col gap-5 overflow-y-auto px-5 pt-1 pb-5">
        <Body film={film} person={person} />
      </div>
    </Dialog>
  );
}
