import { useEffect, useState } from "react";

/** Why one waits, and for how long already. */
export function Elapsed({
  reason,
  since,
  seconds,
}: {
  reason: string;
  since: number;
  seconds: (seconds: number) => string;
}) {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const tick = () => setElapsed(Math.floor((Date.now() - since) / 1000));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <p className="appear flex items-center gap-2.5 text-soft">
      <span className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
      <span role="status">{reason}</span>
      {elapsed > 0 && (
        <span className="text-faint tabular-nums">{seconds(elapsed)}</span>
      )}
    </p>
  );
}
