import { attempt } from "@/actions/studio/attempt";
import { ask, filmPath, type Method } from "@/server/client";
import type {
  Approval,
  Brief,
  Decided,
  FilmPatch,
  FilmState,
  Models,
  SoundWish,
} from "@/server/types";
import { useStudio } from "@/state/studio";

/** Asks something of a film; its new state is shown at once, without waiting to hear of it. */
export const order = (
  id: string,
  method: Method,
  rest: string,
  body?: unknown,
) =>
  attempt(async () => {
    const film = await ask<FilmState | undefined>(
      method,
      filmPath(id, rest),
      body,
    );
    if (film)
      useStudio.setState(({ films }) => ({ films: { ...films, [id]: film } }));
  });

export const patchFilm = (id: string, patch: FilmPatch) =>
  order(id, "PATCH", "", patch);

/** Questions without an answer take what is proposed. */
export const answerQuestions = (
  id: string,
  answers: Record<string, string>,
  brief?: Partial<Brief>,
) => order(id, "POST", "/answers", { answers, ...(brief ? { brief } : {}) });

export const approve = (id: string, approval: Approval = {}) =>
  order(id, "POST", "/approve", approval);

export const setSound = (id: string, wish: SoundWish) =>
  order(id, "PATCH", "/sound", wish);

export const setModels = (id: string, models: Models) =>
  order(id, "PATCH", "/models", models);

export const decide = (id: string, decided: Decided) =>
  order(id, "POST", "/decide", decided);

/** Tries [unit] again, or all that failed. */
export const retry = (id: string, unit?: string) =>
  order(id, "POST", "/retry", unit ? { unit } : {});

export const cancel = (id: string) => order(id, "POST", "/cancel");

export const resume = (id: string) => order(id, "POST", "/resume");
