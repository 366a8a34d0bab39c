import type { ExportJob, ExportTarget, ExportWishes } from "@/engine/engine";
import { download } from "@/actions/download";
import { failureOf, isUsersChoice } from "@/state/failure";
import { change, type ListedExport } from "@/state/session";

const put = (job: ExportJob, outcome: ListedExport["outcome"]) =>
  change(({ exports }) => ({
    exports: exports.map((listed) =>
      listed.job === job ? { ...listed, outcome } : listed,
    ),
  }));

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
    exports: [listed, ...exports],
    dialog: null,
    isExportListOpen: true,
  }));
  job.result.then(
    (result) => {
      put(job, { kind: "done", result });
      if (result.file) download(result.file, fileName);
    },
    (error: unknown) =>
      isUsersChoice(error)
        ? dismissExport(job)
        : put(job, { kind: "failed", failure: failureOf(error) }),
  );
}

/** Takes a finished or failed export from the list. */
export function dismissExport(job: ExportJob) {
  change(({ exports }) => ({
    exports: exports.filter((listed) => listed.job !== job),
  }));
}
