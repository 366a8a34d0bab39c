import { useState } from "react";
import {
  askForSource,
  discardExport,
  resumeExport,
} from "@/actions/resume_export";
import type { FilmSource, InterruptedExport } from "@/engine/engine";
import { Button } from "@/parts/button";
import { Progress } from "@/parts/progress";
import { fileNameOf } from "@/state/export_form";
import { useSession } from "@/state/session";
import { bytesName } from "@/state/time";
import { locale, strings } from "@/strings";

const words = strings.exports;

const when = (date: Date) =>
  date.toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });

/** The media of the open film, where it is the one that was being exported. */
function useOpenSource(left: InterruptedExport): FilmSource | null {
  const open = useSession((session) => session.open);
  return open?.film.info.title === left.title ? open.source : null;
}

function Card({ left }: { left: InterruptedExport }) {
  const openSource = useOpenSource(left);
  const [chosen, setChosen] = useState<FilmSource | null>(null);
  const source = chosen ?? openSource;
  const mustChoose = left.needsFiles && !source;
  const part = left.framesTotal > 0 ? left.framesDone / left.framesTotal : 0;
  return (
    <li className="flex flex-col gap-2.5 rounded-panel bg-raised p-4 text-start shadow-panel">
      <p className="truncate font-medium">
        {fileNameOf(left.title, left.wishes.format)}
      </p>
      <Progress value={part} label={left.title} isPaused />
      <p className="text-xs text-faint tabular-nums">
        {[
          words.frames(left.framesDone, left.framesTotal),
          bytesName(left.bytes),
          words.begun(when(left.begun)),
        ].join(" · ")}
      </p>
      {mustChoose && <p className="text-xs text-soft">{words.needsFiles}</p>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={() => void discardExport(left)}>
          {words.discard}
        </Button>
        {mustChoose ? (
          <Button
            icon="folder"
            onClick={() => void askForSource().then(setChosen)}
          >
            {words.chooseFiles}
          </Button>
        ) : (
          <Button
            look="primary"
            icon="play"
            onClick={() => void resumeExport(left, source)}
          >
            {words.resumeIt}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Exports that a closed tab left, and how to go on with them. */
export function Unfinished() {
  const interrupted = useSession((session) => session.interrupted);
  if (interrupted.length === 0) return null;
  return (
    <section className="flex w-full max-w-2xl flex-col gap-3">
      <header className="px-1">
        <h2 className="font-semibold">{words.interrupted}</h2>
        <p className="text-xs text-faint">{words.interruptedWhy}</p>
      </header>
      <ul className="flex flex-col gap-3">
        {interrupted.map((left) => (
          <Card key={left.id} left={left} />
        ))}
      </ul>
    </section>
  );
}
