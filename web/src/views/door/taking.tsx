import { useEffect, useState } from "react";
import { takePart } from "@/actions/studio/share";
import { Button } from "@/parts/button";
import { Waiting } from "@/parts/waiting";
import { go, homeHash } from "@/state/route";
import type { Failure } from "@/state/session";
import { strings } from "@/strings";

const words = strings.door;

/** When the page was opened: how long a wait has lasted. */
const opened = Date.now();

/** Somebody who is signed in follows an invitation. */
export function Taking({ invitation }: { invitation: string }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => void takePart(invitation).then(setFailure), [invitation]);
  if (!failure)
    return (
      <Waiting
        reason={words.taking}
        since={opened}
        seconds={strings.busy.seconds}
      />
    );
  return (
    <section
      role="alert"
      className="appear flex w-full max-w-sm flex-col items-center gap-4 rounded-[1.25rem] bg-surface p-7 text-center shadow-panel"
    >
      <h1 className="text-xl font-semibold tracking-tight">{words.notTaken}</h1>
      <p className="text-soft text-pretty">{failure.message}</p>
      <Button look="primary" onClick={() => go(homeHash)}>
        {words.toFilms}
      </Button>
    </section>
  );
}
