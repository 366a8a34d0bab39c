import type { ExportJob, ExportTarget, ExportWishes } from "@/engine/engine";
import { download } from "@/actions/download";
import { failureOf, isUsersChoice } from "@/state/failure";
import { change, now, type ListedExport } from "@/state/session";

const put = (job: ExportJob, outcome: ListedExport["outcome"]) =>
  change(({ exports }) => ({
    exports: exports.map((listed) =>
      listed.job === job ? { ...listed, outcome } : listed,
    ),
  }));

/** What a failed job has made waits to be gone on with. */
async function offerAgain() {
  const interrupted = await now().engine?.interrupted();
  if (interrupted) change({ interrupted });
}

/** Lists a job that runs, and hands its file over once it is done. */
export function followExport(
  job: ExportJob,
  title: string,
  wishes: ExportWishes,
  target: ExportTarget,
) {
  const fileName = target.kind === "file" ? target.name : target.handle.name;
  const listed: ListedExport = {
    job,
    title,
    fileName,
    wishes,
    isSaved: target.kind === "handle",
    outcome: null,
  };
  change(({ exports }) => ({
    exports: [listed, ...exports.filter((other) => other.job.id !== job.id)],
    dialog: null,
    isExportListOpen: true,
  }));
  job.result.then(
    (result) => {
      put(job, { kind: "done", result });
      if (result.file) download(result.file, fileName);
    },
    (error: unknown) => {
      if (isUsersChoice(error)) return dismissExport(job);
      put(job, { kind: "failed", failure: failureOf(error) });
      // The sentence is there; a list that cannot be read says nothing more.
      return offerAgain().catch(() => undefined);
    },
  );
}

/** Takes a finished or failed export from the list. */
export function dismissExport(job: ExportJob) {
  change(({ exports }) => ({
    exports: exports.filter((listed) => listed.job !== job),
  }));
}
