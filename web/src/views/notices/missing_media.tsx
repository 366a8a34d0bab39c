import { findMedia } from "@/actions/find_media";
import type { FilmInfo } from "@/engine/engine";
import { Button } from "@/parts/button";
import { Icon } from "@/parts/icon";
import { strings } from "@/strings";

/** Media that the project names and nobody gave. */
export function MissingMedia({ info }: { info: FilmInfo }) {
  const { missing } = info;
  if (missing.length === 0) return null;
  return (
    <details className="shrink-0 rounded-panel bg-surface">
      <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-panel py-1.5 pe-1.5 ps-4">
        <Icon name="warn" className="size-5 text-warn" />
        <span className="min-w-0 flex-1 basis-60 py-1.5">
          {strings.media.missing(missing.length)}
        </span>
        <Button
          look="quiet"
          icon="folder"
          onClick={(event) => {
            event.preventDefault();
            void findMedia();
          }}
        >
          {strings.media.locate}
        </Button>
      </summary>
      <ul className="max-h-40 overflow-y-auto px-4 pb-3 text-soft">
        {missing.map(({ uri, reason }) => (
          <li key={uri}>
            <span className="font-mono text-xs break-all">{uri}</span>: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
