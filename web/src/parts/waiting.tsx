import { useEffect, useState } from "react";
import { Button } from "@/parts/button";
import { Progress } from "@/parts/progress";

/** A wait with its reason, how long it has lasted, and the way out. */
export function Waiting({
  reason,
  since,
  seconds,
  cancelLabel,
  onCancel,
}: {
  reason: string;
  since: number;
  seconds: (seconds: number) => string;
  cancelLabel?: string;
  onCancel?: () => void;
}) {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const tick = () => setElapsed(Math.floor((Date.now() - since) / 1000));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <div className="appear flex w-full max-w-xs flex-col gap-3 text-center">
      <p role="status">{reason}</p>
      <Progress value={null} label={reason} />
      <p className="flex min-h-9 items-center justify-center gap-3 text-faint tabular-nums">
        {elapsed > 0 && seconds(elapsed)}
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {cancelLabel}
          </Button>
        )}
      </p>
    </div>
  );
}
