import { Icon } from "@/parts/icon";
import type { Lack } from "@/state/missing";
import { strings } from "@/strings";

/** What this browser lacks, closed until somebody wants to know. */
export function Lacks({ lacks }: { lacks: Lack[] }) {
  if (lacks.length === 0) return null;
  return (
    <details className="w-full max-w-2xl rounded-panel text-soft open:bg-surface open:shadow-panel">
      <summary className="flex list-none items-center justify-center gap-2 rounded-panel px-4 py-2 text-xs text-faint hover:text-ink">
        <Icon name="warn" className="size-4" />
        {strings.missing.heading}
      </summary>
      <ul className="flex list-disc flex-col gap-2 pe-5 pb-4 ps-9">
        {lacks.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}
