// Several tabs on one project. One of them keeps it (actions/save_film holds its lock) and decides the
// order of edits: the others send theirs to it, and every tab takes the same steps from the same base,
// so that all end equal, with one history. When the keeping tab goes, the next one goes on.
import { inTurn, takeOver } from "@/actions/edit/turns";
import { isWithPeople, makeWish } from "@/actions/edit/with_people";
import { openProject } from "@/actions/open_project";
import { EngineError, fileAt, type Film } from "@/engine/engine";
import { folderOfProject } from "@/state/library";
import { now } from "@/state/session";
import {
  askHistory,
  channelOf,
  refusalOf,
  take,
  type Entry,
  type History,
  historyOf,
  type Step,
  type TabMessage,
} from "@/state/shared_edits";

/** A wish of this tab that is not done yet. */
interface Wish {
  entry: Entry;
  done: () => void;
  failed: (why: Error) => void;
}

/** The open film, as this tab and the others have it. */
interface Shared extends History {
  film: Film;
  id: string;
  role: "alone" | "leads" | "follows";
  /** Resolves once the role is known. */
  decided: Promise<void>;
  decide: () => void;
  channel: BroadcastChannel | null;
  wishes: Map<string, Wish>;
  /** What came from other tabs is done one behind the other. */
  arrivals: Promise<void>;
}

let shared: Shared | null = null;

const sharedOf = (film: Film) => (shared?.film === film ? shared : null);

const post = (mine: Shared, message: TabMessage) =>
  mine.channel?.postMessage(message);

/** [film] is open, and is [project]; or it came with a history, whose steps it has taken. */
export function beginShared(film: Film, project: string) {
  if (sharedOf(film)) return;
  endShared();
  if (isWithPeople(film)) return;
  let decide = () => undefined as void;
  const decided = new Promise<void>((resolve) => (decide = resolve));
  shared = {
    ...(historyOf(film) ?? { base: project, entries: [] }),
    film,
    id: "",
    role: "alone",
    decided,
    decide,
    channel: null,
    wishes: new Map(),
    arrivals: Promise.resolve(),
  };
  // Only of what lies in this browser another tab can know.
  if (now().open?.source?.kind !== "opfs") decide();
}

/** No film is open any more, or another. */
export function endShared() {
  shared?.channel?.close();
  for (const { failed } of shared?.wishes.values() ?? [])
    failed(new EngineError("CANCELED", "", ""));
  shared = null;
}

const knows = (mine: Shared, id: string) =>
  mine.entries.some((entry) => entry.id === id);

/** Done here, and with that decided for all. */
async function decideOn(mine: Shared, entry: Entry) {
  if (knows(mine, entry.id)) return;
  await take(mine.film, entry.step);
  mine.entries.push(entry);
  post(mine, { kind: "made", entry, place: mine.entries.length - 1 });
}

/** Takes [step] with the film, in all its tabs; rejects where the engine refuses it. */
export async function makeStep(film: Film, step: Step): Promise<void> {
  if (isWithPeople(film)) return makeWish(film, step);
  const mine = sharedOf(film);
  if (!mine) return take(film, step);
  await mine.decided;
  const entry = { id: crypto.randomUUID(), step };
  if (mine.role !== "follows") return decideOn(mine, entry);
  await new Promise<void>((done, failed) => {
    mine.wishes.set(entry.id, { entry, done, failed });
    post(mine, { kind: "wish", entry });
  });
}

function arrive(mine: Shared, task: () => Promise<void>) {
  mine.arrivals = mine.arrivals.then(task).catch(async () => {
    // Whatever it was, this tab is not what the others are: it begins anew with what they have.
    if (shared === mine) await openProject(mine.id);
  });
}

async function onMade(mine: Shared, entry: Entry, place: number) {
  if (mine.role === "leads") return void onWish(mine, entry); // of the one before, on its way out
  const known = mine.entries[place];
  if (known?.id === entry.id) return;
  if (known || place !== mine.entries.length)
    throw new Error("A step of another tab was missed.");
  await take(mine.film, entry.step);
  mine.entries.push(entry);
  const wish = mine.wishes.get(entry.id);
  mine.wishes.delete(entry.id);
  if (wish) wish.done();
  else await takeOver(mine.film);
}

/** Another tab wants something done by the one that keeps the project. */
function onWish(mine: Shared, entry: Entry) {
  return inTurn(async () => {
    if (shared !== mine) return;
    try {
      await decideOn(mine, entry);
      await takeOver(mine.film);
    } catch (error) {
      post(mine, { kind: "refused", id: entry.id, why: refusalOf(error) });
    }
  });
}

function onRefused(
  mine: Shared,
  { id, why }: TabMessage & { kind: "refused" },
) {
  const wish = mine.wishes.get(id);
  mine.wishes.delete(id);
  wish?.failed(new EngineError(why.status, why.place, why.message));
}

async function onFiles(mine: Shared, paths: readonly string[]) {
  const source = now().open?.source;
  const files = new Map<string, File>();
  if (source?.kind === "files")
    for (const path of paths) {
      const file = await fileAt(`${folderOfProject(mine.id)}/${path}`);
      if (file) files.set(path, file);
    }
  if (source?.kind !== "url") await mine.film.addFiles(files);
  await takeOver(mine.film);
}

function hear(mine: Shared, message: TabMessage) {
  const { base, entries, role } = mine;
  const { kind } = message;
  if (kind === "files") arrive(mine, () => onFiles(mine, message.paths));
  else if (kind === "made")
    arrive(mine, () => onMade(mine, message.entry, message.place));
  else if (role === "leads") {
    if (kind === "wish") void onWish(mine, message.entry);
    else if (kind === "hello") {
      const history = { base, entries };
      post(mine, { kind: "history", to: message.from, history });
    }
  } else if (kind === "refused") onRefused(mine, message);
  else if (kind === "leads")
    for (const { entry } of mine.wishes.values())
      post(mine, { kind: "wish", entry });
}

function connect(mine: Shared, id: string) {
  if (mine.channel) return;
  mine.id = id;
  mine.channel = new BroadcastChannel(channelOf(id));
  mine.channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (shared === mine) hear(mine, data);
  };
}

/** This tab keeps the project [id] from now on, and decides. */
export function leadTabs(film: Film, id: string) {
  const mine = sharedOf(film);
  if (!mine) return;
  connect(mine, id);
  arrive(mine, async () => {
    mine.role = "leads";
    post(mine, { kind: "leads" });
    // What nobody did yet is done here: its own turn waits for it.
    for (const [name, { entry, done, failed }] of mine.wishes) {
      mine.wishes.delete(name);
      await decideOn(mine, entry).then(done, failed);
    }
    mine.decide();
  });
}

/** Another tab keeps the project [id]: this one goes with what it decides. */
export async function followTabs(film: Film, id: string): Promise<void> {
  const mine = sharedOf(film);
  if (!mine) return;
  connect(mine, id);
  const asked = askHistory(id);
  arrive(mine, async () => {
    const history = await asked;
    if (mine.role === "leads") return;
    mine.role = "follows";
    if (!history) return mine.decide(); // it just went: this tab is the next
    if (history.base !== mine.base)
      throw new Error("The tabs did not open the same.");
    for (const [place, entry] of history.entries.entries())
      await onMade(mine, entry, place);
    mine.decide();
  });
  await mine.decided;
}

/** Other tabs have to know of media that came to the project's folder. */
export function shareFiles(film: Film, paths: readonly string[]) {
  const mine = sharedOf(film);
  if (mine) post(mine, { kind: "files", paths: [...paths] });
}
