import {
  EngineError,
  type Engine,
  type Film,
  type FilmSource,
} from "@/engine/engine";
import { failureOf, isUsersChoice } from "@/state/failure";
import { understand, type FoundFile } from "@/state/project_files";
import { change, now } from "@/state/session";

let opened = 0;

/** Counts what was begun: what was stopped, or overtaken by another, is thrown away when it arrives. */
let attempt = 0;

async function filmOf(
  engine: Engine,
  found: readonly FoundFile[],
): Promise<{ film: Film; source: FilmSource; isNew: boolean }> {
  const choice = await understand(found);
  if (choice.kind === "media") {
    const film = await engine.create(choice.files);
    const files = new Map(choice.files.map((file) => [file.name, file]));
    const project = await film.json();
    return { film, source: { kind: "files", project, files }, isNew: true };
  }
  const source: FilmSource = {
    kind: "files",
    project: choice.project,
    files: choice.files,
  };
  return { film: await engine.open(source), source, isNew: false };
}

/** Puts [film] in the place of what was open; the stage closes what it showed. */
export function show(film: Film, source: FilmSource | null, isNew = false) {
  change({
    open: { film, source, isNew, number: ++opened },
    scene: { kind: "film" },
    player: null,
    playerFailure: null,
    troubles: [],
  });
}

/** Opens what [read] finds: a project with its media, or media as a new project. */
export async function openFilm(
  read: (onCount: (files: number) => void) => Promise<FoundFile[]>,
) {
  const { engine } = now();
  if (!engine) return;
  const mine = ++attempt;
  const since = Date.now();
  const isMine = () => mine === attempt;
  let told = 0;
  try {
    const found = await read((files) => {
      if (!isMine()) throw new DOMException("", "AbortError");
      if (files > 1 && Date.now() - told < 100) return;
      told = Date.now();
      change({ scene: { kind: "reading", since, files } });
    });
    if (!isMine()) return;
    change({ scene: { kind: "opening", since } });
    const { film, source, isNew } = await filmOf(engine, found);
    if (isMine()) show(film, source, isNew);
    else film.close();
  } catch (error) {
    if (!isMine()) return;
    if (isUsersChoice(error)) back();
    else change({ scene: { kind: "notOpened", failure: failureOf(error) } });
  }
}

/** The address of a project that the page's own address names: ?project=films/bees/project.json. */
export function addressedProject(): URL | null {
  const named = new URLSearchParams(location.search).get("project");
  if (!named) return null;
  const address = new URL(named, document.baseURI);
  return address.origin === location.origin ? address : null;
}

async function projectAt(address: URL): Promise<FilmSource> {
  const answer = await fetch(address);
  const text = await answer.text();
  if (!answer.ok)
    throw new EngineError("NOTFOUND", address.pathname, text.trim());
  return { kind: "url", project: text, base: new URL(".", address).href };
}

/** Opens the film that [find] gives; it is shown when it is [ready]. */
export async function openSource(
  find: () => Promise<FilmSource>,
  ready: (film: Film) => Promise<void> = () => Promise.resolve(),
) {
  const { engine } = now();
  if (!engine) return;
  const mine = ++attempt;
  change({ scene: { kind: "opening", since: Date.now() } });
  try {
    const source = await find();
    const film = await engine.open(source);
    await ready(film);
    if (mine === attempt) show(film, source);
    else film.close();
  } catch (error) {
    if (mine === attempt)
      change({ scene: { kind: "notOpened", failure: failureOf(error) } });
  }
}

/** Opens a film where it lies: its media are read by ranges, as they are needed. */
export const openAddress = (address: URL) =>
  openSource(() => projectAt(address));

/** To what was there before. */
export const back = () =>
  change(({ open }) => ({ scene: { kind: open ? "film" : "start" } }));

/** Stops the opening that is under way. */
export function stopOpening() {
  attempt++;
  back();
}
