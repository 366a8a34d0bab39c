import { useEffect, useState, type ReactNode } from "react";
import { openShared } from "@/actions/open_shared";
import { bringUpEngine } from "@/actions/start_engine";
import { followFilmState } from "@/actions/studio/follow_server";
import { Button } from "@/parts/button";
import { Waiting } from "@/parts/waiting";
import type { FilmState } from "@/server/types";
import { filmBase, readCopy } from "@/state/film_copy";
import { useSession } from "@/state/session";
import { filmHash, go, homeHash, type FilmPageName } from "@/state/route";
import { mediaAddress, useStudio } from "@/state/studio";
import { strings } from "@/strings";
import { Motion } from "@/views/motion/motion";
import { Failed } from "@/views/notices/failed";
import { Lost } from "@/views/notices/lost";
import { Phases } from "@/views/phases/phases";
import { Plan } from "@/views/plan/plan";
import { Sound } from "@/views/sound/sound";
import { Storyboard } from "@/views/storyboard/storyboard";

const words = strings.studio;

/** Where a film is looked at first: where something happens. */
function pageOf({ status, phase, film }: FilmState): FilmPageName {
  if (status === "asking" || phase === "plan") return "plan";
  if (phase === "script") return "storyboard";
  if (phase === "edit") return film ? "edit" : "motion";
  return phase;
}

/** When the page was opened: how long a wait has lasted. */
const opened = Date.now();

/** The film is done: on to the editor, which takes the whole page. */
function Edit({ film }: { film: FilmState }) {
  const scene = useSession((session) => session.scene);
  const isReady = useSession((session) => session.engine !== null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (isReady && film.film)
      void openShared(film.id, new URL(mediaAddress(film.film.project)));
  }, [film.id, film.film?.project, isReady, times]);
  const { failed } = strings;
  if (scene.kind === "notOpened" || scene.kind === "noEngine") {
    const isEngine = scene.kind === "noEngine";
    const again = () =>
      isEngine ? void bringUpEngine() : setTimes((before) => before + 1);
    return (
      <Failed
        heading={isEngine ? failed.engine : failed.film}
        failure={scene.failure}
      >
        <Button look="primary" onClick={again}>
          {failed.again}
        </Button>
      </Failed>
    );
  }
  return (
    <div className="grid w-full place-items-center py-16">
      <Waiting
        reason={film.film ? strings.busy.opening : words.status[film.status]}
        since={film.changed}
        seconds={strings.busy.seconds}
        cancelLabel={strings.busy.cancel}
        onCancel={() => go(filmHash(film.id, "storyboard"))}
      />
    </div>
  );
}

/** The server has not said a word yet: what this browser keeps of the film is there at once. */
function useKeptFilm(id: string, isWanted: boolean) {
  const isReady = useSession((session) => session.engine !== null);
  useEffect(() => {
    if (!isWanted || !isReady) return undefined;
    let isHere = true;
    void readCopy(id).then((copy) => {
      if (isHere && copy)
        void openShared(id, new URL("project.json", filmBase(id)));
    });
    return () => {
      isHere = false;
    };
  }, [id, isWanted, isReady]);
}

const PAGES: Record<FilmPageName, (film: FilmState) => ReactNode> = {
  plan: (film) => <Plan film={film} />,
  storyboard: (film) => <Storyboard film={film} />,
  sound: (film) => <Sound film={film} />,
  motion: (film) => <Motion film={film} />,
  edit: (film) => <Edit film={film} />,
};

const toHome = (
  <Button look="primary" onClick={() => go(homeHash)}>
    {words.toHome}
  </Button>
);

/** A film of the server while it is made: one page a phase. */
export function FilmPages({
  id,
  page,
}: {
  id: string;
  page: FilmPageName | null;
}) {
  const server = useStudio((studio) => studio.server);
  const film = useStudio((studio) => studio.films[id]);
  const isGone = useStudio((studio) => studio.gone[id] === true);
  useEffect(() => followFilmState(id), [id]);
  useKeptFilm(id, page === "edit" && server === undefined);
  if (server === null)
    return (
      <Failed
        heading={words.noServer}
        failure={{ message: words.noServerWhy, place: "" }}
      >
        {toHome}
      </Failed>
    );
  if (isGone)
    return (
      <Failed
        heading={words.gone}
        failure={{ message: words.goneWhy, place: "" }}
      >
        {toHome}
      </Failed>
    );
  if (!film)
    return (
      <Waiting
        reason={server === undefined ? words.connecting : words.loading}
        since={opened}
        seconds={strings.busy.seconds}
        cancelLabel={words.toHome}
        onCancel={() => go(homeHash)}
      />
    );
  const shown = page ?? pageOf(film);
  return (
    <div className="mt-0! mb-0! mx-auto flex w-full max-w-6xl flex-col gap-5 pt-2 sm:px-3 2xl:max-w-7xl min-[2400px]:max-w-[108rem]">
      <Lost />
      <Phases film={film} page={shown} />
      {PAGES[shown](film)}
    </div>
  );
}
