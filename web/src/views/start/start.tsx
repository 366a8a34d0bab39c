import { chooseFolder, chooseMedia } from "@/actions/choose_folder";
import { Button } from "@/parts/button";
import { strings } from "@/strings";

/** Where nothing is open yet. */
export function Start({ isOver }: { isOver: boolean }) {
  return (
    <section
      className={`appear flex w-full max-w-2xl flex-col items-center gap-6 rounded-[1.25rem] border-2 border-dashed px-6 py-12 text-center transition-colors sm:px-12 sm:py-16 ${isOver ? "border-accent bg-accent-wash" : "border-line bg-surface"}`}
    >
      <Reel />
      <div className="flex flex-col gap-2">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">
          {isOver ? strings.start.dropHere : strings.start.heading}
        </h1>
        <p className="max-w-md text-soft text-pretty">{strings.start.lead}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-3">
        <Button
          look="primary"
          icon="folder"
          className="h-11 px-5"
          onClick={() => void chooseFolder()}
        >
          {strings.start.openFolder}
        </Button>
        <Button
          icon="media"
          className="h-11 px-5"
          onClick={() => void chooseMedia()}
        >
          {strings.start.chooseMedia}
        </Button>
      </div>
      <p className="text-xs text-faint text-balance">{strings.start.kinds}</p>
    </section>
  );
}

/** Three frames of a film, the middle one cut. */
function Reel() {
  return (
    <svg viewBox="0 0 176 64" className="w-44" aria-hidden="true">
      <defs>
        <linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--color-accent)" />
          <stop offset="1" stopColor="var(--color-music)" />
        </linearGradient>
      </defs>
      <rect
        width="50"
        height="64"
        rx="9"
        fill="var(--color-picture)"
        opacity=".34"
      />
      <path
        d="M0 46l16-14 14 11 9-7 11 9v10a9 9 0 0 1-9 9H9a9 9 0 0 1-9-9z"
        fill="var(--color-picture)"
        opacity=".6"
      />
      <rect x="63" width="50" height="64" rx="9" fill="url(#dusk)" />
      <path d="M82 20v24l20-12z" fill="var(--color-on-accent)" />
      <rect
        x="126"
        width="50"
        height="64"
        rx="9"
        fill="var(--color-voice)"
        opacity=".34"
      />
      <path
        d="M136 32v1M142 26v13M148 18v29M154 24v17M160 15v35M166 28v9"
        stroke="var(--color-voice)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
