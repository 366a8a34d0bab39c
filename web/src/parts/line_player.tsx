import { useEffect, useRef, useState, type ReactNode } from "react";
import { Icon } from "@/parts/icon";

/** Only one of a page's players is heard at a time. */
let playing: HTMLAudioElement | null = null;

const TONES = { voice: "text-voice", music: "text-music" };

/** How loud it is along its length, what was heard already in colour. */
function Wave({
  peaks,
  part,
  tone,
}: {
  peaks: readonly number[] | null;
  part: number;
  tone: keyof typeof TONES;
}) {
  if (!peaks)
    return (
      <span className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-hover" />
    );
  const path = peaks
    .map((peak, place) => {
      const high = Math.max(1.5, peak * 30);
      return `M${place * 3 + 1.5} ${16 - high / 2}v${high}`;
    })
    .join("");
  const wave = (
    <svg
      viewBox={`0 0 ${peaks.length * 3} 32`}
      preserveAspectRatio="none"
      className="size-full"
      aria-hidden="true"
    >
      <path d={path} stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
  return (
    <>
      <span className="absolute inset-0 text-edge">{wave}</span>
      <span
        className={`absolute inset-0 ${TONES[tone]}`}
        style={{ clipPath: `inset(0 ${100 - part * 100}% 0 0)` }}
      >
        {wave}
      </span>
    </>
  );
}

/** Plays one recording; [children] is told how far it is, in seconds, -1 while it was not begun. */
export function LinePlayer({
  url,
  seconds,
  peaks,
  tone,
  playLabel,
  pauseLabel,
  positionLabel,
  time,
  children,
}: {
  url: string;
  seconds: number;
  /** From 0 to 1 along its length; null: not known yet. */
  peaks: readonly number[] | null;
  tone: keyof typeof TONES;
  playLabel: string;
  pauseLabel: string;
  positionLabel: string;
  time: (seconds: number) => string;
  children?: (at: number, seek: (to: number) => void) => ReactNode;
}) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(-1);
  useEffect(() => {
    if (!isPlaying) return;
    let frame = requestAnimationFrame(function tell() {
      setAt(audio.current?.currentTime ?? -1);
      frame = requestAnimationFrame(tell);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);
  const play = () => {
    const own = audio.current;
    if (!own) return;
    if (playing && playing !== own) playing.pause();
    playing = own;
    void own.play().catch(() => setPlaying(false));
  };
  const seek = (to: number) => {
    if (!audio.current) return;
    audio.current.currentTime = to;
    setAt(to);
  };
  const part = seconds > 0 && at > 0 ? Math.min(1, at / seconds) : 0;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {/* Time runs from left to right, whichever way the page is read. */}
      <div dir="ltr" className="flex min-w-0 items-center gap-3">
        <button
          type="button"
          aria-label={isPlaying ? pauseLabel : playLabel}
          onClick={() => (isPlaying ? audio.current?.pause() : play())}
          className="grid size-10 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-strong"
        >
          <Icon name={isPlaying ? "pause" : "play"} className="size-5" />
        </button>
        <div className="relative h-9 min-w-0 flex-1 rounded-[0.4rem] has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent">
          <Wave peaks={peaks} part={part} tone={tone} />
          <input
            type="range"
            aria-label={positionLabel}
            aria-valuetext={time(Math.max(0, at))}
            min={0}
            max={seconds}
            step={0.1}
            value={Math.max(0, at)}
            onChange={(event) => seek(Number(event.target.value))}
            className="absolute inset-0 m-0 size-full opacity-0"
          />
        </div>
        <span className="w-9 shrink-0 text-end text-xs text-faint tabular-nums">
          {time(at > 0 ? at : seconds)}
        </span>
      </div>
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(-1)}
      />
      {children?.(at, seek)}
    </div>
  );
}
