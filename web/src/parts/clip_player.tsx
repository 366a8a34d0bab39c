import { useRef, useState } from "react";
import { Icon } from "@/parts/icon";

/** A short clip without sound: it plays while the pointer is on it, or as long as its button is pressed in. */
export function ClipPlayer({
  url,
  poster,
  label,
  playLabel,
  pauseLabel,
}: {
  url: string;
  /** The address of its first picture. */
  poster?: string | undefined;
  label: string;
  playLabel: string;
  pauseLabel: string;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const play = () => void video.current?.play().catch(() => setHeld(false));
  const stop = () => video.current?.pause();
  return (
    <div
      className="group relative size-full"
      onPointerEnter={(event) => event.pointerType === "mouse" && play()}
      onPointerLeave={() => !isHeld && stop()}
    >
      <video
        ref={video}
        src={url}
        poster={poster}
        aria-label={label}
        className="size-full object-cover"
        muted
        loop
        playsInline
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
      />
      <button
        type="button"
        aria-label={isHeld ? pauseLabel : playLabel}
        onClick={() => {
          setHeld(!isHeld);
          if (isHeld) stop();
          else play();
        }}
        className="absolute inset-0 grid place-items-center -outline-offset-2"
      >
        <span
          className={`grid size-12 place-items-center rounded-full bg-stage/60 text-on-stage backdrop-blur-xs transition-opacity ${isPlaying ? "opacity-0 group-hover:opacity-70" : ""}`}
        >
          <Icon name={isHeld ? "pause" : "play"} className="size-6" />
        </span>
      </button>
    </div>
  );
}
