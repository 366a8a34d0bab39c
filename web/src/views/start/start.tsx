import { chooseFolder, chooseMedia } from "@/actions/choose_folder";
import { Button } from "@/parts/button";
import { strings } from "@/strings";

function Ways({ isLarge }: { isLarge: boolean }) {
  const size = isLarge ? "h-11 px-5" : "";
  return (
    <div className="flex flex-wrap justify-center gap-3">
      <Button
        look={isLarge ? "primary" : "plain"}
        icon="folder"
        className={size}
        onClick={() => void chooseFolder()}
      >
        {strings.start.openFolder}
      </Button>
      <Button icon="media" className={size} onClick={() => void chooseMedia()}>
        {strings.start.chooseMedia}
      </Button>
    </div>
  );
}

interface StartProps {
  isOver: boolean;
  /** Films can be made here too, so that this is not the main thing. */
  isBeside: boolean;
}

/** Where nothing is open yet. */
export function Start({ isOver, isBeside }: StartProps) {
  const { heading, lead, kinds, dropHere } = strings.start;
  const look = isOver ? "border-accent bg-accent-wash" : "border-line";
  if (isBeside)
    return (
      <section
        className={`flex w-full max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-4 rounded-[1.25rem] border-2 border-dashed p-5 transition-colors sm:mx-3 2xl:max-w-7xl min-[2400px]:max-w-[98.5rem] ${look}`}
      >
        <div className="flex min-w-0 flex-1 basis-72 items-center gap-5">
          <div className="w-28 shrink-0 max-sm:hidden">
            <Reel />
          </div>
          <div className="min-w-0">
            <h2 className="text-base font-semibold">
              {isOver ? dropHere : heading}
            </h2>
            <p className="text-soft text-pretty">{lead}</p>
          </div>
        </div>
        <Ways isLarge={false} />
      </section>
    );
  return (
    <section
      className={`appear flex w-full max-w-2xl flex-col items-center gap-6 rounded-[1.25rem] border-2 border-dashed px-6 py-12 text-center transition-colors sm:px-12 sm:py-16 ${isOver ? look : "border-line bg-surface"}`}
    >
      <div className="w-44">
        <Reel />
      </div>
      <div className="flex flex-col gap-2">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">
          {isOver ? dropHere : heading}
        </h1>
        <p className="max-w-md text-soft text-pretty">{lead}</p>
      </div>
      <Ways isLarge />
      <p className="text-xs text-faint text-balance">{kinds}</p>
    </section>
  );
}

/** Three frames of a film, the middle one cut. */
function Reel() {
  return (
    <svg viewBox="0 0 176 64" className="w-full" aria-hidden="true">
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
