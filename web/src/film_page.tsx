import type { FilmInfo } from "@/engine/engine";
import { useSession } from "@/state/session";
import { strings } from "@/strings";
import { Bin } from "@/views/bin/bin";
import { Captions } from "@/views/captions/captions";
import { Editor } from "@/views/editor/editor";
import { History } from "@/views/history/history";
import { Inspector } from "@/views/inspector/inspector";
import { Failed } from "@/views/notices/failed";
import { MissingMedia } from "@/views/notices/missing_media";
import { Stage } from "@/views/stage/stage";
import { Transport } from "@/views/stage/transport";
import { Timeline } from "@/views/timeline/timeline";

const { tabs } = strings.editor;

/** An open film, with everything to change it. */
export function FilmPage({ info, number }: { info: FilmInfo; number: number }) {
  const failure = useSession((session) => session.playerFailure);
  return (
    <main className="flex min-h-0 flex-1 flex-col gap-2 px-2 pb-2">
      <MissingMedia info={info} />
      <Editor
        panels={[
          { id: "media", label: tabs.media, content: <Bin /> },
          { id: "captions", label: tabs.captions, content: <Captions /> },
          { id: "history", label: tabs.history, content: <History /> },
        ]}
        inspector={{
          id: "inspector",
          label: tabs.inspector,
          content: <Inspector />,
        }}
        stage={
          <>
            {failure ? (
              <div className="grid min-h-0 flex-1 place-items-center">
                <Failed heading={strings.failed.player} failure={failure} />
              </div>
            ) : (
              <Stage key={number} width={info.width} height={info.height} />
            )}
            <Transport info={info} />
          </>
        }
        timeline={{
          id: "timeline",
          label: tabs.timeline,
          content: <Timeline info={info} />,
        }}
      />
    </main>
  );
}
