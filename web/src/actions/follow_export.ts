import type { ExportJob, ExportTarget, ExportWishes } from "@/engine/engine";
import { download } from "@/actions/download";
import { tellDone } from "@/actions/tell_done";
import { failureOf, isUsersChoice } from "@/state/failure";
import { change, now, type ListedExport } from "@/state/session";
import { strings } from "@/strings";

const put = (job: ExportJob, outcome: ListedExport["outcome"]) =>
  change(({ exports }) => ({
    exports: exports.map((listed) =>
      listed.job === job ? { ...listed, outcome, isQueued: false } : listed,
    ),
  }));

/** What a failed job has made waits to be gone on with. */
async function offerAgain() {
  const interrupted = await now().engine?.interrupted();
  if (interrupted) change({ interrupted });
}

const isUnderWay = ({ outcome, isQueued }: ListedExport) =>
  outcome === null && !isQueued;

/** Lets a waiting export begin beside those that run. */
export function beginNow(job: ExportJob) {
  change(({ exports }) => ({
    exports: exports.map((listed) =>
      listed.job === job ? { ...listed, isQueued: false } : listed,
    ),
  }));
  job.resume();
}

/** The one that waits longest begins where none is under way. */
function beginNext() {
  const { exports } = now();
  if (exports.some(isUnderWay)) return;
  const next = exports.filter(({ isQueued }) => isQueued).at(-1);
  if (next) beginNow(next.job);
}

/** Lists a job that runs, and hands its file over once it is done. */
export function followExport(
  job: ExportJob,
  title: string,
  wishes: ExportWishes,
  target: ExportTarget,
  poster = "",
) {
  const fileName = target.kind === "file" ? target.name : target.handle.name;
  const listed: ListedExport = {
    job,
    title,
    fileName,
    wishes,
    isSaved: target.kind === "handle",
    poster,
    isQueued: now().exports.some(isUnderWay),
    outcome: null,
  };
  change(({ exports }) => ({
    exports: [listed, ...exports.filter((other) => other.job.id !== job.id)],
    dialog: null,
    isExportListOpen: true,
  }));
  if (listed.isQueued) job.pause();
  job.result.then(
    (result) => {
      put(job, { kind: "done", result });
      tellDone(fileName, strings.exports.phases.done);
      if (result.file) download(result.file, fileName);
    },
    (error: unknown) => {
      if (isUsersChoice(error)) return dismissExport(job);
      put(job, { kind: "failed", failure: failureOf(error) });
      // The sentence is there; a list that cannot be read says nothing more.
      return offerAgain().catch(() => undefined);
    },
  );
  void job.result.catch(() => undefined).then(beginNext);
}

/** Takes a finished or failed export from the list. */
export function dismissExport(job: ExportJob) {
  const gone = now().exports.find((listed) => listed.job === job);
  if (gone?.poster) URL.revokeObjectURL(gone.poster);
  change(({ exports }) => ({
    exports: exports.filter((listed) => listed.job !== job),
  }));
}
