import { useState } from "react";
import { reloadWithNews } from "@/actions/take_news";
import { Button, IconButton } from "@/parts/button";
import { useOffline } from "@/state/offline";
import { strings } from "@/strings";

const words = strings.offline;

/** A new version, which waits until it is wished. */
export function News() {
  const news = useOffline((offline) => offline.news);
  const [hidden, setHidden] = useState<typeof news>("none");
  if (news === "none" || news === hidden) return null;
  return (
    <div
      role="status"
      className="appear fixed inset-x-3 bottom-3 z-20 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] items-center gap-3 rounded-panel bg-raised py-2 ps-4 pe-2 shadow-dialog"
    >
      <p className="min-w-0">
        {words.news[news]}{" "}
        <span className="text-soft">{words.reloadKeeps}</span>
      </p>
      <Button look="primary" onClick={() => void reloadWithNews()}>
        {words.reload}
      </Button>
      <IconButton
        icon="close"
        label={words.later}
        onClick={() => setHidden(news)}
      />
    </div>
  );
}
