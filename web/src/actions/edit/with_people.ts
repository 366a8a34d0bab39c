// A film of the server that several people edit. The server decides the order: what is done here holds at
// once and is sent, what others do goes under it (project/history_shared.h does both), and all end equal.
// Without the network edits wait, in this browser's copy of the film, and are sent when it is back.
import { inTurn, takeOver } from "@/actions/edit/turns";
import { onServer, serverLine } from "@/actions/studio/follow_server";
import { tell } from "@/actions/tell_trouble";
import type { Film } from "@/engine/engine";
import type { LiveEdit, ProjectEvents } from "@/server/live";
import type { ServerFault } from "@/server/types";
import { copyId, filmBase, keepMediaOf, writeCopy } from "@/state/film_copy";
import { failureOf } from "@/state/failure";
import { writeCard, writeProject } from "@/state/library";
import { thisWindow, usePeople } from "@/state/people";
import { useSaving } from "@/state/saving";
import { now } from "@/state/session";
import { take, type Step } from "@/state/shared_edits";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.people;

/** Edits that follow each other faster are written together. */
const CALM_MS = 300;

/** When what the server could not keep just now is sent again. */
const AGAIN_MS = 3000;

/** What the server reads in one message, with room for what is around the edit. */
const EDIT_LETTERS_MAX = 900_000;

/** What menus say of an edit is cut for the others. */
const NAME_LETTERS_MAX = 60;

/** Faults that say nothing of the edit. */
const PASSING = new Set(["busy", "io", "nospace", "nomem", "timeout"]);

interface Shared {
  film: Film;
  /** Of the film. */
  id: string;
  /** Of the latest edit that this page has. */
  seq: number;
  /** The number of the latest wish that was sent. */
  wished: number;
  /** Wishes that are not decided, by the ids that the server knows, oldest first. */
  pending: Map<string, { number: number; edit: LiveEdit }>;
  /** Decided before as these numbers, which this page has yet to hear of. */
  known: Map<string, number>;
  /** What was heard and is yet to be done, in order. */
  heard: (() => Promise<unknown>)[];
  /** This tab keeps the copy, until it calls this. */
  release: (() => void) | null;
  /** All of it is in the copy. */
  isWritten: boolean;
  /** Of the media that are fetched for the copy. */
  media: AbortController;
  timer: ReturnType<typeof setTimeout> | undefined;
  again: ReturnType<typeof setTimeout> | undefined;
  writing: Promise<void>;
  fetching: Promise<unknown>;
}

let shared: Shared | null = null;

/** Whether [film] is one of the server that others edit, too. */
export const isWithPeople = (film: Film) => shared?.film === film;

const isLive = () => useStudio.getState().connection.kind === "live";

function say(mine: Shared) {
  if (shared !== mine) return;
  const waiting = mine.pending.size;
  const isOn = isLive() || (mine.release !== null && !mine.isWritten);
  const state = waiting === 0 ? "shared" : isOn ? "saving" : "waiting";
  useSaving.setState({ id: null, state, reason: "", keeping: null, waiting });
}

async function writeNow(mine: Shared) {
  if (!mine.release) return;
  const { film, id, seq, pending } = mine;
  const wishes = [...pending.values()].map(({ edit }) => edit);
  const [project, shown] = await Promise.all([film.decided(), film.json()]);
  await writeCopy(id, { seq, project, wishes });
  await writeProject(copyId(id), shown);
  const { title, duration, width, height } = film.info;
  const changed = Date.now();
  await writeCard({
    ...{ id: copyId(id), title, duration, width, height },
    ...{ created: changed, changed, removed: null, base: filmBase(id) },
  });
}

/** Writes the copy; the next write begins behind it. */
function write(mine: Shared): Promise<void> {
  clearTimeout(mine.timer);
  mine.timer = undefined;
  mine.writing = mine.writing
    .then(async () => {
      await writeNow(mine);
      mine.isWritten = mine.timer === undefined;
      say(mine);
    })
    .catch((error: unknown) => {
      if (shared === mine) tell(failureOf(error));
    });
  return mine.writing;
}

function writeSoon(mine: Shared) {
  clearTimeout(mine.timer);
  mine.isWritten = false;
  mine.timer = setTimeout(() => void write(mine), CALM_MS);
  say(mine);
}

/** What is left of the wish [id]: it will not be. */
async function withdraw(mine: Shared, id: string) {
  const own = mine.pending.get(id);
  mine.pending.delete(id);
  mine.known.delete(id);
  if (own) await mine.film.withdraw(own.number);
}

async function refuse(mine: Shared, id: string, why: ServerFault["error"]) {
  const name = mine.pending.get(id)?.edit.name ?? "";
  await withdraw(mine, id);
  tell({ message: words.refused(name, why.message), place: why.place });
}

/** Sends the wishes that were not sent yet. */
async function sendWishes(mine: Shared) {
  for (const { number, name, edit } of await mine.film.wishes(mine.wished)) {
    mine.wished = number;
    const id = crypto.randomUUID();
    const wish = { id, name: name.slice(0, NAME_LETTERS_MAX), edit };
    mine.pending.set(id, { number, edit: wish });
    if (JSON.stringify(edit).length > EDIT_LETTERS_MAX)
      await refuse(mine, id, { code: "limit", message: words.long, place: "" });
    else serverLine()?.edit(mine.id, wish);
  }
  writeSoon(mine);
}

/** Takes [step] with the film here, and wishes it for all. Rejects where the engine refuses it. */
export async function makeWish(film: Film, step: Step): Promise<void> {
  const mine = shared;
  await take(film, step);
  if (mine?.film === film) await sendWishes(mine);
}

function sendAgain(mine: Shared) {
  clearTimeout(mine.again);
  for (const { edit } of mine.pending.values())
    serverLine()?.edit(mine.id, edit);
}

/** Whatever it was, this page is not what the others are: it takes over what they have. */
function takeWhole(mine: Shared) {
  mine.heard = [];
  serverLine()?.join(mine.id, null, eventsOf(mine));
}

async function doHeard(mine: Shared) {
  if (shared !== mine || mine.heard.length === 0) return;
  try {
    for (const task of mine.heard.splice(0)) await task();
  } catch {
    takeWhole(mine);
  }
  await takeOver(mine.film);
  writeSoon(mine);
  fetchMedia(mine);
}

/** What is heard at once is done at once, behind what is under way. */
function hear(mine: Shared, task: () => Promise<unknown>) {
  if (shared !== mine) return;
  mine.heard.push(task);
  if (mine.heard.length === 1)
    inTurn(() => doHeard(mine)).catch((error: unknown) =>
      tell(failureOf(error)),
    );
}

async function takeEdit(mine: Shared, id: string, edit: unknown, seq: number) {
  if (seq <= mine.seq) return;
  const own = mine.pending.get(id);
  mine.pending.delete(id);
  mine.known.delete(id);
  await (own ? mine.film.settle(own.number) : mine.film.receive(edit));
  mine.seq = seq;
}

async function takeProject(mine: Shared, seq: number, project: unknown) {
  await mine.film.rebase(JSON.stringify(project));
  mine.seq = seq;
  for (const [id, decided] of mine.known)
    if (decided <= seq) await withdraw(mine, id);
}

async function takeKnown(mine: Shared, id: string, seq: number) {
  if (!mine.pending.has(id)) return;
  if (seq <= mine.seq) await withdraw(mine, id);
  else mine.known.set(id, seq);
}

async function takeRefused(
  mine: Shared,
  id: string,
  error: ServerFault["error"],
) {
  if (!PASSING.has(error.code)) return refuse(mine, id, error);
  clearTimeout(mine.again);
  mine.again = setTimeout(() => sendAgain(mine), AGAIN_MS);
  useSaving.setState({ state: "failed", reason: error.message });
}

function eventsOf(mine: Shared): ProjectEvents {
  return {
    onLine: () => sendAgain(mine),
    onWhole: (seq, project) =>
      hear(mine, () => takeProject(mine, seq, project)),
    onEdit: ({ id, edit, seq }) =>
      hear(mine, () => takeEdit(mine, id, edit, seq)),
    onKnown: (id, seq) => hear(mine, () => takeKnown(mine, id, seq)),
    onRefused: (id, error) => hear(mine, () => takeRefused(mine, id, error)),
    onPeople(people) {
      if (shared !== mine) return;
      const others = people.filter(({ here }) => here.window !== thisWindow);
      usePeople.setState({ others });
    },
    onGone() {
      if (shared !== mine) return;
      usePeople.setState({ others: [] });
      useSaving.setState({ state: "failed", reason: words.gone });
      tell({ message: words.gone, place: "" });
    },
  };
}

/** The copy has its media, too, as far as there is room: films open without the network. */
function fetchMedia(mine: Shared) {
  if (!mine.release || !isLive()) return;
  const { film, id, media } = mine;
  mine.fetching = mine.fetching
    .then(async () => keepMediaOf(id, await film.json(), media.signal))
    .then((came) => {
      const isHere = now().open?.source?.kind === "opfs";
      return came && isHere && shared === mine ? film.lookAgain() : undefined;
    })
    .catch(() => undefined); // they are read from the server, and fetched the next time
}

/** What was wished when this browser was here last, and never decided. */
async function wishAgain(mine: Shared, wishes: readonly LiveEdit[]) {
  for (const edit of wishes) {
    try {
      await mine.film.apply(edit.edit, edit.name);
    } catch (error) {
      const { message, place } = failureOf(error);
      tell({ message: words.refused(edit.name, message), place });
      continue;
    }
    for (const { number } of await mine.film.wishes(mine.wished)) {
      mine.wished = number;
      mine.pending.set(edit.id, { number, edit });
    }
  }
}

/** The film's copy is this tab's to keep; null: another tab keeps it. */
export function holdCopy(id: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(
      `cutroom-film-${id}`,
      { ifAvailable: true },
      (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      },
    );
  });
}

/** The film [id] of the server is open as [film], as it was after edit number [seq]. */
export async function beginWithPeople(
  film: Film,
  id: string,
  seq: number,
  wishes: readonly LiveEdit[],
  release: (() => void) | null,
) {
  endWithPeople();
  await film.share();
  const mine: Shared = {
    ...{ film, id, seq, wished: 0, release },
    pending: new Map(),
    known: new Map(),
    heard: [],
    timer: undefined,
    again: undefined,
    writing: Promise.resolve(),
    fetching: Promise.resolve(),
    isWritten: false,
    media: new AbortController(),
  };
  await wishAgain(mine, wishes);
  shared = mine;
  writeSoon(mine);
  joinLine();
  fetchMedia(mine);
}

/** Goes on with the server, if it was found. */
function joinLine() {
  if (shared) serverLine()?.join(shared.id, shared.seq, eventsOf(shared));
}

/** No such film is open any more. */
export function endWithPeople() {
  const last = shared;
  if (!last) return;
  clearTimeout(last.again);
  last.media.abort();
  const isWritten = last.timer === undefined ? last.writing : write(last);
  void isWritten.then(() => last.release?.());
  serverLine()?.leave(last.id);
  shared = null;
  usePeople.setState({ others: [] });
}

/** The connection came or went: what is said of it is another. Gives what ends it. */
export function followPeople(): () => void {
  const hide = () => {
    if (document.visibilityState === "hidden" && shared) void write(shared);
  };
  document.addEventListener("visibilitychange", hide);
  const ends = onServer(joinLine);
  const stop = useStudio.subscribe(({ connection }, before) => {
    if (!shared || connection.kind === before.connection.kind) return;
    say(shared);
    fetchMedia(shared);
  });
  return () => {
    document.removeEventListener("visibilitychange", hide);
    ends();
    stop();
  };
}
