import { useEffect, useRef, useState, type ReactNode } from "react";
import { IconButton } from "@/parts/button";

/** Only one of a page's players is heard at a time. */
let playing: HTMLAudioElement | null = null;

/** Plays one recording; [children] is told how far it is, in seconds, -1 while it was not begun. */
export function LinePlayer({
  url,
  playLabel,
  pauseLabel,
  children,
}: {
  url: string;
  playLabel: string;
  pauseLabel: string;
  children: (at: number) => ReactNode;
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
  const toggle = () => {
    const own = audio.current;
    if (!own) return;
    if (isPlaying) return own.pause();
    if (playing && playing !== own) playing.pause();
    playing = own;
    void own.play().catch(() => setPlaying(false));
  };
  return (
    <div className="flex min-w-0 items-start gap-2">
      <IconButton
        icon={isPlaying ? "pause" : "play"}
        label={isPlaying ? pauseLabel : playLabel}
        className="bg-accent-wash text-accent!"
        onClick={toggle}
      />
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(-1)}
      />
      <div className="min-w-0 flex-1">{children(at)}</div>
    </div>
  );
}
