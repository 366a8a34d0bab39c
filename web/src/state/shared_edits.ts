// The edits of a project in the order that all its tabs have them, and how tabs speak about them.
import { EngineError, type Film } from "@/engine/engine";

/** One step of a film's history. */
export type Step =
  | { do: "apply"; edit: unknown; name: string }
  | { do: "undo" }
  | { do: "redo" };

/** A step that some tab wished for, known by [id] in all of them. */
export interface Entry {
  id: string;
  step: Step;
}

/** What a film was when the first of its tabs opened it, and everything since. */
export interface History {
  base: string;
  entries: Entry[];
}

/** Why a wish was refused, as it travels. */
export interface Refusal {
  status: string;
  place: string;
  message: string;
}

export type TabMessage =
  /** A tab asks the one that keeps the project for its history. */
  | { kind: "hello"; from: string }
  | { kind: "history"; to: string; history: History }
  /** A tab wants this done. */
  | { kind: "wish"; entry: Entry }
  /** It is done: the step at [place] of the history. */
  | { kind: "made"; entry: Entry; place: number }
  | { kind: "refused"; id: string; why: Refusal }
  /** Another tab keeps the project from now on: what was not done yet is to be wished again. */
  | { kind: "leads" }
  /** There are media at these paths of the project's folder. */
  | { kind: "files"; paths: string[] };

export const channelOf = (id: string) => `cutroom-project-${id}`;

/** Takes one step. The same steps from the same base are the same project in every tab. */
export async function take(film: Film, step: Step): Promise<void> {
  if (step.do === "apply") await film.apply(step.edit, step.name);
  else if (step.do === "undo") await film.undo();
  else await film.redo();
}

/** Histories of films that were opened as another tab has them. */
const histories = new WeakMap<Film, History>();

/** Takes all steps of [history] with [film], which is its base. */
export async function catchUp(film: Film, history: History): Promise<void> {
  for (const { step } of history.entries) await take(film, step);
  histories.set(film, history);
}

/** The history that a film has caught up with. */
export const historyOf = (film: Film): History | undefined =>
  histories.get(film);

/** What [error] says, for another tab. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof EngineError) {
    const { status, place, message } = error;
    return { status, place, message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: "INVALID", place: "", message };
}

/** Whether some tab keeps the project. */
export async function isKeptByTab(id: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === channelOf(id));
}

/** How often, and how many times, a tab asks for the history: the other one may be busy. */
const ASK_EVERY_MS = 300;
const ASK_TIMES = 20;

/** The history of a project that another tab has open; null where none answers. */
export function askHistory(id: string): Promise<History | null> {
  const channel = new BroadcastChannel(channelOf(id));
  const from = crypto.randomUUID();
  return new Promise<History | null>((resolve) => {
    let left = ASK_TIMES;
    const ask = async () => {
      if (left-- <= 0 || !(await isKeptByTab(id))) return done(null);
      channel.postMessage({ kind: "hello", from } satisfies TabMessage);
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    const done = (history: History | null) => {
      clearInterval(timer);
      channel.close();
      resolve(history);
    };
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data.kind === "history" && data.to === from) done(data.history);
    };
    void ask();
  });
}
