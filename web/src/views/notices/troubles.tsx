import { forget } from "@/actions/tell_trouble";
import { IconButton } from "@/parts/button";
import { Icon } from "@/parts/icon";
import { useSession } from "@/state/session";
import { strings } from "@/strings";

/** Sentences about what went wrong beside the film; they stay until they are read. */
export function Troubles() {
  const troubles = useSession((session) => session.troubles);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-20 flex flex-col items-center gap-2"
    >
      {troubles.map(({ number, failure }) => (
        <div
          key={number}
          className="appear pointer-events-auto flex w-full max-w-lg items-start gap-3 rounded-panel bg-raised py-2.5 pe-2 ps-4 shadow-dialog"
        >
          <Icon name="warn" className="mt-2 size-5 text-warn" />
          <p className="min-w-0 flex-1 py-2">
            {failure.message}
            {failure.place && (
              <span className="block font-mono text-xs break-all text-faint">
                {failure.place}
              </span>
            )}
          </p>
          <IconButton
            icon="close"
            label={strings.trouble.dismiss}
            onClick={() => forget(number)}
          />
        </div>
      ))}
    </div>
  );
}
