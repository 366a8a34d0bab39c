import { useEffect, useState, useSyncExternalStore } from "react";
import { download } from "@/actions/download";
import { beginNow, dismissExport } from "@/actions/follow_export";
import { askToTell, mayAskToTell } from "@/actions/tell_done";
import type { ExportJob, ExportState } from "@/engine/engine";
import { Button, IconButton } from "@/parts/button";
import { Icon } from "@/parts/icon";
import { Progress } from "@/parts/progress";
import { change, useSession, type ListedExport } from "@/state/session";
import { bytesName, clock } from "@/state/time";
import { strings } from "@/strings";
import { Unfinished } from "./unfinished";

const words = strings.exports;

const useJobState = (job: ExportJob): ExportState =>
  useSyncExternalStore(
    (changed) => job.subscribe(changed),
    () => job.state,
  );

const partOf = ({ framesDone, framesTotal, phase }: ExportState) =>
  phase === "done" ? 1 : framesTotal > 0 ? framesDone / framesTotal : null;

function Facts({ state }: { state: ExportState }) {
  const facts = [
    state.framesTotal > 0 && words.frames(state.framesDone, state.framesTotal),
    state.framesPerSecond > 0 &&
      !state.isPaused &&
      words.perSecond(state.framesPerSecond),
    state.bytes > 0 && bytesName(state.bytes),
    state.framesResumed > 0 && words.resumed(state.framesResumed),
  ];
  return (
    <p className="text-xs text-faint tabular-nums">
      {facts.filter(Boolean).join(" · ")}
    </p>
  );
}

/** Stopping throws work away, so it is asked about, in place. */
function Controls({ job, isPaused }: { job: ExportJob; isPaused: boolean }) {
  const [isAsking, setAsking] = useState(false);
  if (isAsking)
    return (
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="me-auto">{words.cancelSure}</p>
        <Button look="quiet" onClick={() => setAsking(false)}>
          {words.cancelNo}
        </Button>
        <Button look="danger" onClick={() => void job.cancel()}>
          {words.cancelYes}
        </Button>
      </div>
    );
  return (
    <div className="flex justify-end gap-2">
      <Button look="quiet" onClick={() => setAsking(true)}>
        {words.cancel}
      </Button>
      <Button
        icon={isPaused ? "play" : "pause"}
        onClick={() => (isPaused ? job.resume() : job.pause())}
      >
        {isPaused ? words.resume : words.pause}
      </Button>
    </div>
  );
}

/** Offers to tell of the end outside of the page. */
function Tell() {
  const [isOffered, setOffered] = useState(mayAskToTell);
  if (!isOffered) return null;
  return (
    <Button
      look="quiet"
      icon="bell"
      className="self-start px-2!"
      onClick={() => void askToTell().finally(() => setOffered(false))}
    >
      {words.tell}
    </Button>
  );
}

/** It waits for those before it. */
function Queued({ listed }: { listed: ListedExport }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="me-auto text-soft">{words.queued}</p>
      <Button look="quiet" onClick={() => void listed.job.cancel()}>
        {words.cancel}
      </Button>
      <Button icon="play" onClick={() => beginNow(listed.job)}>
        {words.beginNow}
      </Button>
    </div>
  );
}

function Running({ listed }: { listed: ListedExport }) {
  const state = useJobState(listed.job);
  const part = partOf(state);
  const phase = state.isPaused ? words.paused : words.phases[state.phase];
  return (
    <>
      <div className="flex items-baseline justify-between gap-3 text-soft tabular-nums">
        <p>
          {phase}
          {part !== null && ` · ${words.percent(Math.floor(part * 100))}`}
        </p>
        <p>
          {state.secondsLeft !== null &&
            !state.isPaused &&
            words.left(clock(state.secondsLeft))}
        </p>
      </div>
      <Progress
        value={part}
        label={listed.fileName}
        isPaused={state.isPaused}
      />
      <Facts state={state} />
      <Tell />
      <Controls job={listed.job} isPaused={state.isPaused} />
    </>
  );
}

function Ended({ listed }: { listed: ListedExport }) {
  const { outcome } = listed;
  if (outcome?.kind === "failed")
    return (
      <div role="alert" className="flex gap-2.5 text-bad">
        <Icon name="warn" />
        <p className="min-w-0">
          {outcome.failure.message}
          {outcome.failure.place && (
            <span className="block font-mono text-xs break-all">
              {outcome.failure.place}
            </span>
          )}
        </p>
      </div>
    );
  if (!outcome) return null;
  const { bytes, seconds, file } = outcome.result;
  return (
    <div className="flex flex-wrap items-center gap-2.5">
      <Icon name="done" className="size-5 text-good" />
      <p role="status" className="me-auto text-soft tabular-nums">
        {words.done(bytesName(bytes), clock(seconds))}
      </p>
      {file && (
        <Button
          look="quiet"
          icon="download"
          onClick={() => download(file, listed.fileName)}
        >
          {words.downloadAgain}
        </Button>
      )}
    </div>
  );
}

function Card({ listed }: { listed: ListedExport }) {
  return (
    <li className="flex flex-col gap-2.5 rounded-panel bg-raised p-4 shadow-panel">
      <div className="flex items-center gap-3">
        {listed.poster && (
          <img
            src={listed.poster}
            alt=""
            className="h-12 max-w-24 shrink-0 rounded-[0.4rem] object-cover"
          />
        )}
        <p
          className="min-w-0 flex-1 truncate font-medium"
          title={listed.fileName}
        >
          {listed.fileName}
        </p>
        {listed.outcome && (
          <IconButton
            icon="close"
            label={words.dismiss}
            className="-my-2 -me-2"
            onClick={() => dismissExport(listed.job)}
          />
        )}
      </div>
      {listed.outcome ? (
        <Ended listed={listed} />
      ) : listed.isQueued ? (
        <Queued listed={listed} />
      ) : (
        <Running listed={listed} />
      )}
    </li>
  );
}

/** The tab's name says how far the first running export is. */
function useTitle(exports: ListedExport[], title: string) {
  const running = exports.find(({ outcome }) => outcome === null);
  useEffect(() => {
    const name = title ? `${title} · ${strings.name}` : strings.name;
    if (!running) {
      document.title = name;
      return undefined;
    }
    const show = (state: ExportState) => {
      const percent = Math.floor((partOf(state) ?? 0) * 100);
      const said = `${words.percent(percent)} · ${name}`;
      if (document.title !== said) document.title = said;
    };
    show(running.job.state);
    return running.job.subscribe(show);
  }, [running, title]);
}

/** A tab with a running export asks before it is closed. */
function useWarning(isRunning: boolean) {
  useEffect(() => {
    if (!isRunning) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isRunning]);
}

/** What is being exported, was exported, or was left unfinished. */
export function ExportList() {
  const exports = useSession((session) => session.exports);
  const interrupted = useSession((session) => session.interrupted);
  const isOpen = useSession((session) => session.isExportListOpen);
  const open = useSession((session) => session.open);
  useTitle(exports, open?.film.info.title ?? "");
  useWarning(exports.some(({ outcome }) => outcome === null));
  if (!isOpen || exports.length + interrupted.length === 0) return null;
  return (
    <aside
      aria-label={words.label}
      className="appear fixed end-3 top-14 z-10 flex max-h-[calc(100dvh-4.5rem)] w-[min(24rem,calc(100vw-1.5rem))] flex-col gap-3 overflow-y-auto rounded-[1.1rem] bg-surface p-3 shadow-dialog"
    >
      <header className="flex items-center justify-between ps-1">
        <h2 className="font-semibold">{words.label}</h2>
        <IconButton
          icon="close"
          label={strings.missing.hide}
          onClick={() => change({ isExportListOpen: false })}
        />
      </header>
      <ul className="flex flex-col gap-3">
        {exports.map((listed) => (
          <Card key={listed.job.id} listed={listed} />
        ))}
      </ul>
      <Unfinished />
    </aside>
  );
}
