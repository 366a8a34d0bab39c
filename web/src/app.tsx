import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { followFilm } from "@/actions/edit/apply";
import { followHere } from "@/actions/edit/tell_here";
import { followPeople } from "@/actions/edit/with_people";
import { listenToKeys } from "@/actions/keys";
import { takeDrop } from "@/actions/import_media";
import { back, stopOpening } from "@/actions/open_film";
import { followSaving } from "@/actions/save_film";
import { closeFilm, followAddress } from "@/actions/close_film";
import { openProject } from "@/actions/open_project";
import { bringUpEngine } from "@/actions/start_engine";
import { followServer } from "@/actions/studio/follow_server";
import { Button } from "@/parts/button";
import { Waiting } from "@/parts/waiting";
import { entriesOf, filesOfEntries } from "@/state/folder_reading";
import { lacksOf } from "@/state/missing";
import { useRoute, type Route } from "@/state/route";
import { useSession, type Scene } from "@/state/session";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";
import { useDrop } from "@/state/drop";
import { ExportList } from "@/views/export/export_list";
import { Unfinished } from "@/views/export/unfinished";
import { Head } from "@/views/head/head";
import { Door } from "@/views/door/door";
import { NewPassword } from "@/views/door/new_password";
import { Taking } from "@/views/door/taking";
import { Begin } from "@/views/home/begin";
import { Films } from "@/views/home/films";
import { Failed } from "@/views/notices/failed";
import { Lost } from "@/views/notices/lost";
import { Lacks } from "@/views/notices/lacks";
import { News } from "@/views/notices/news";
import { Troubles } from "@/views/notices/troubles";
import { PartFailed } from "@/views/notices/part_failed";
import { RoomLine } from "@/views/storage/room_line";
import { Start } from "@/views/start/start";

// What is not needed to begin comes when it is.
const FilmPage = lazy(async () => ({
  default: (await import("@/film_page")).FilmPage,
}));
const FilmPages = lazy(async () => ({
  default: (await import("@/film_pages")).FilmPages,
}));
const ExportDialog = lazy(async () => ({
  default: (await import("@/views/export/export_dialog")).ExportDialog,
}));
const Palette = lazy(async () => ({
  default: (await import("@/views/palette/palette")).Palette,
}));
const Storage = lazy(async () => ({
  default: (await import("@/views/storage/storage")).Storage,
}));
const Share = lazy(async () => ({
  default: (await import("@/views/share/share")).Share,
}));
const Account = lazy(async () => ({
  default: (await import("@/views/account/account")).Account,
}));
const Shortcuts = lazy(async () => ({
  default: (await import("@/views/palette/shortcuts")).Shortcuts,
}));

const openDrop = (data: DataTransfer) => {
  const entries = entriesOf(data);
  void takeDrop((onCount) => filesOfEntries(entries, onCount));
};

/** Waiting for something, or what became of it; null where there is nothing of that. */
function busyOrFailed(scene: Scene): ReactNode {
  const { busy, failed } = strings;
  if (scene.kind === "starting")
    return (
      <Waiting
        reason={busy.engine}
        since={scene.since}
        seconds={busy.seconds}
      />
    );
  if (scene.kind === "reading" || scene.kind === "opening")
    return (
      <Waiting
        reason={
          scene.kind === "reading" ? busy.reading(scene.files) : busy.opening
        }
        since={scene.since}
        seconds={busy.seconds}
        cancelLabel={busy.cancel}
        onCancel={stopOpening}
      />
    );
  if (scene.kind === "noEngine")
    return (
      <Failed heading={failed.engine} failure={scene.failure}>
        <Button look="primary" onClick={() => void bringUpEngine()}>
          {failed.again}
        </Button>
      </Failed>
    );
  if (scene.kind === "notOpened")
    return (
      <Failed heading={failed.film} failure={scene.failure}>
        <Button look="primary" onClick={back}>
          {failed.other}
        </Button>
      </Failed>
    );
  return null;
}

/** How one comes in, and what a link of somebody who is here already opens. */
function Entrance({ route }: { route: Route }) {
  const door = useStudio((studio) => studio.door);
  const person = useStudio((studio) => studio.person);
  if (route.kind === "reset") return <NewPassword reset={route.key} />;
  const invitation = route.kind === "invitation" ? route.key : null;
  if (door) return <Door door={door} invitation={invitation} />;
  return person && invitation ? <Taking invitation={invitation} /> : null;
}

function StartPage({ isOver }: { isOver: boolean }) {
  const hasStudio = useStudio(({ server }) => !!server?.features.studio);
  const door = useStudio((studio) => studio.door);
  const route = useRoute();
  const hasFilms = useStudio(({ cards }) => cards?.length !== 0);
  const engine = useSession((session) => session.engine);
  const lacks = engine ? lacksOf(engine.abilities) : [];
  const [blocking] = lacks.filter(({ isBlocking }) => isBlocking);
  if (blocking)
    return (
      <Failed
        heading={strings.missing.blocked}
        failure={{ message: blocking.sentence, place: "" }}
      />
    );
  return (
    <>
      <Entrance route={route} />
      {hasStudio && <Begin hasFilms={hasFilms} />}
      <Lost />
      <Films />
      <Start isOver={isOver} isBeside={hasStudio || door !== null} />
      <Unfinished />
      <RoomLine />
      <Lacks lacks={lacks} />
    </>
  );
}

/** Opens what the address names when the engine is there, and closes what it names no longer. */
function useAddressedFilm(route: Route, isReady: boolean) {
  const isEditing = route.kind === "film" && route.page === "edit";
  const project = route.kind === "project" ? route.id : null;
  const name = project ?? (isEditing ? "edit" : "");
  useEffect(() => {
    if (!isReady) return;
    if (project) void openProject(project);
    if (name) return () => closeFilm();
    return undefined;
  }, [isReady, project, name]);
}

/** Over what is open: something is being opened, or was not, or could be dropped. */
function Veil({ children }: { children: ReactNode }) {
  return (
    <div className="appear fixed inset-0 z-30 grid place-items-center bg-ground/92 p-6">
      {children}
    </div>
  );
}

/** When the page was opened: how long a wait has lasted. */
const opened = Date.now();

/** The way of the page that comes while it is fetched. */
function Fetching() {
  return (
    <div className="grid flex-1 place-items-center">
      <Waiting
        reason={strings.busy.page}
        since={opened}
        seconds={strings.busy.seconds}
      />
    </div>
  );
}

function Dialogs() {
  const dialog = useSession((session) => session.dialog);
  return (
    <Suspense>
      {dialog === "export" && <ExportDialog />}
      {dialog === "shortcuts" && <Shortcuts />}
      {dialog === "storage" && <Storage />}
      {dialog === "palette" && <Palette />}
      {dialog === "share" && <Share />}
      {dialog === "account" && <Account />}
    </Suspense>
  );
}

/** The page. */
export function App() {
  const scene = useSession((session) => session.scene);
  const open = useSession((session) => session.open);
  const isReady = useSession((session) => session.engine !== null);
  const isOver = useDrop(isReady, openDrop);
  const route = useRoute();
  const door = useStudio((studio) => studio.door);
  useEffect(() => void bringUpEngine(), []);
  useEffect(followServer, []);
  useAddressedFilm(route, isReady);
  useEffect(listenToKeys, []);
  useEffect(followFilm, []);
  useEffect(followSaving, []);
  useEffect(followPeople, []);
  useEffect(followHere, []);
  useEffect(followAddress, []);
  const state = busyOrFailed(scene);
  return (
    <div className="flex h-full flex-col">
      <Head />
      <PartFailed>
        <Suspense fallback={<Fetching />}>
          {open ? (
            <FilmPage info={open.film.info} number={open.number} />
          ) : (
            <main className="relative flex min-h-0 flex-1 flex-col items-center gap-4 overflow-y-auto p-3 pb-8 *:first:mt-auto *:last:mb-auto">
              {route.kind === "film" && !door ? (
                <FilmPages id={route.id} page={route.page} />
              ) : (
                (state ?? <StartPage isOver={isOver} />)
              )}
            </main>
          )}
        </Suspense>
      </PartFailed>
      {open && state && <Veil>{state}</Veil>}
      {open && isOver && (
        <Veil>
          <p className="grid size-full place-items-center rounded-panel border-2 border-dashed border-accent text-lg font-medium text-accent">
            {strings.bin.dropHere}
          </p>
        </Veil>
      )}
      <ExportList />
      <PartFailed>
        <Dialogs />
      </PartFailed>
      <News />
      <Troubles />
    </div>
  );
}
