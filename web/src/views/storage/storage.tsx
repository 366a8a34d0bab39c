import { useCallback, useEffect, useState } from "react";
import { discardExport } from "@/actions/resume_export";
import { tell } from "@/actions/tell_trouble";
import { Button } from "@/parts/button";
import { Dialog } from "@/parts/dialog";
import { Progress } from "@/parts/progress";
import { Waiting } from "@/parts/waiting";
import { fileNameOf } from "@/state/export_form";
import { failureOf } from "@/state/failure";
import { eraseProject, removeProject, restoreProject } from "@/state/library";
import { change } from "@/state/session";
import {
  readStorage,
  type SizedProject,
  type Storage as Kept,
} from "@/state/storage";
import { bytesName } from "@/state/time";
import { locale, strings } from "@/strings";
import { Row, Rows, Sure } from "./storage_rows";

const words = strings.storage;

const day = (time: number) =>
  new Date(time).toLocaleDateString(locale, { dateStyle: "medium" });

/** Does [deed], says [done] and adds up anew. */
type Do = (deed: () => Promise<unknown>, done: string) => void;

/** What is kept, and what does something about it; null until it is added up. */
function useKept(): { kept: Kept | null; done: string; act: Do } {
  const [kept, setKept] = useState<Kept | null>(null);
  const [done, setDone] = useState("");
  const read = useCallback(() => readStorage().then(setKept), []);
  useEffect(() => {
    read().catch((error: unknown) => tell(failureOf(error)));
  }, [read]);
  const act: Do = (deed, said) => {
    void deed()
      .then(() => setDone(said))
      .catch((error: unknown) => tell(failureOf(error)))
      .then(read);
  };
  return { kept, done, act };
}

function Room({ kept, act }: { kept: Kept; act: Do }) {
  const { room, isPersisted } = kept;
  const [isRefused, setRefused] = useState(false);
  const persist = async () => setRefused(!(await navigator.storage.persist()));
  return (
    <div className="flex flex-col gap-2.5">
      {room ? (
        <>
          <p className="font-medium tabular-nums">
            {words.used(bytesName(room.used), bytesName(room.left))}
          </p>
          <Progress
            value={room.used / Math.max(1, room.used + room.left)}
            label={words.heading}
          />
        </>
      ) : (
        <p>{words.unknown}</p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 flex-1 basis-60 text-xs text-soft">
          {isPersisted
            ? words.isPersisted
            : isRefused
              ? words.notGranted
              : words.notPersisted}
        </p>
        {!isPersisted && !isRefused && (
          <Button onClick={() => act(persist, "")}>{words.persist}</Button>
        )}
      </div>
    </div>
  );
}

function KeptRow({ project, act }: { project: SizedProject; act: Do }) {
  const { isOpen } = project;
  const title = project.title || words.untitled;
  return (
    <Row
      title={title}
      note={isOpen ? words.isOpen : day(project.changed)}
      bytes={project.bytes}
    >
      <Button
        look="quiet"
        disabled={isOpen}
        aria-label={words.of(words.remove, title)}
        onClick={() =>
          act(() => removeProject(project.id), words.done.removed(title))
        }
      >
        {words.remove}
      </Button>
    </Row>
  );
}

function RemovedRow({ project, act }: { project: SizedProject; act: Do }) {
  const { id, bytes, removed } = project;
  const title = project.title || words.untitled;
  const erased = words.done.erased(title, bytesName(bytes));
  return (
    <Row title={title} note={day(removed ?? 0)} bytes={bytes}>
      <Sure
        deed={words.erase}
        title={title}
        onSure={() => act(() => eraseProject(id), erased)}
        others={
          <Button
            look="quiet"
            icon="undo"
            aria-label={words.of(words.restore, title)}
            onClick={() =>
              act(() => restoreProject(id), words.done.restored(title))
            }
          >
            {words.restore}
          </Button>
        }
      />
    </Row>
  );
}

function Lists({ kept, act }: { kept: Kept; act: Do }) {
  const { projects, removed, exports, others } = kept;
  return (
    <>
      {projects.length + removed.length === 0 && (
        <p className="text-soft">{words.none}</p>
      )}
      <Rows heading={words.projects}>
        {projects.map((project) => (
          <KeptRow key={project.id} project={project} act={act} />
        ))}
      </Rows>
      <Rows heading={words.removed} why={words.removedWhy}>
        {removed.map((project) => (
          <RemovedRow key={project.id} project={project} act={act} />
        ))}
      </Rows>
      <Rows heading={words.exports}>
        {exports.map((left) => {
          const name = fileNameOf(left.title, left.wishes.format);
          const erased = words.done.erased(name, bytesName(left.bytes));
          return (
            <Row key={left.id} title={name} bytes={left.bytes}>
              <Sure
                deed={words.discard}
                title={name}
                onSure={() => act(() => discardExport(left), erased)}
              />
            </Row>
          );
        })}
      </Rows>
      <ul className="border-t border-line">
        <Row title={words.others} note={words.othersWhy} bytes={others} />
      </ul>
    </>
  );
}

/** What takes room in this browser, and how to have it back. */
export function Storage() {
  const { kept, done, act } = useKept();
  const [since] = useState(() => Date.now());
  const said = (
    <p
      role="status"
      className="rounded-control bg-accent-wash px-3 py-2 text-[0.8125rem] empty:hidden"
    >
      {done}
    </p>
  );
  return (
    <Dialog
      title={words.heading}
      closeLabel={words.close}
      onClose={() => change({ dialog: null })}
      className="max-w-xl"
    >
      <div className="flex min-h-0 flex-col gap-6 overflow-y-auto px-5 pt-1 pb-5">
        {kept ? (
          <>
            <Room kept={kept} act={act} />
            {said}
            <Lists kept={kept} act={act} />
          </>
        ) : (
          <Waiting
            reason={words.adding}
            since={since}
            seconds={words.seconds}
          />
        )}
      </div>
    </Dialog>
  );
}
