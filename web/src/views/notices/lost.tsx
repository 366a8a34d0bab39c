import { Icon } from "@/parts/icon";
import { useStudio } from "@/state/studio";
import { useNow } from "@/state/use_now";
import { strings } from "@/strings";

/** Says that the server is not heard, and since when. */
export function Lost() {
  const connection = useStudio((studio) => studio.connection);
  const time = useNow(1000);
  if (connection.kind !== "lost") return null;
  return (
    <p
      role="status"
      className="appear flex w-full max-w-6xl items-center gap-3 rounded-panel bg-accent-wash px-4 py-3 text-soft tabular-nums 2xl:max-w-7xl"
    >
      <Icon name="warn" className="size-5 text-warn" />
      {strings.studio.lost(
        Math.max(0, Math.round((time - connection.since) / 1000)),
      )}
    </p>
  );
}
