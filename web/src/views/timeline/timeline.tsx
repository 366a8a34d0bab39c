import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { seekTo } from "@/actions/play";
import type {
  ClipInfo,
  FilmInfo,
  Player,
  Rate,
  TrackInfo,
} from "@/engine/engine";
import { Icon, type IconName } from "@/parts/icon";
import { useEveryState } from "@/state/player_state";
import { useSession } from "@/state/session";
import { clock, secondsOf, timecode } from "@/state/time";
import { strings } from "@/strings";

const KIND_ICONS: Record<TrackInfo["kind"], IconName> = {
  video: "picture",
  audio: "note",
  text: "words",
};

/** Colours by what a track holds. */
const KIND_LOOKS: Record<TrackInfo["kind"], string> = {
  video: "bg-picture",
  audio: "bg-voice",
  text: "bg-words",
};

/** Clips narrower than this part of the film show no name: it would not fit. */
const NAME_PART = 0.035;

const nameOf = (clip: ClipInfo) =>
  clip.name || strings.timeline.nameless[clip.kind];

function Clip({
  clip,
  kind,
  duration,
  rate,
  isFirst,
}: {
  clip: ClipInfo;
  kind: TrackInfo["kind"];
  duration: number;
  rate: Rate;
  isFirst: boolean;
}) {
  const { start, duration: length } = clip.range;
  return (
    <li>
      <button
        type="button"
        // One stop of the Tab key a track; the arrows go along it.
        tabIndex={isFirst ? 0 : -1}
        title={nameOf(clip)}
        aria-label={strings.timeline.clip(
          nameOf(clip),
          timecode(start, rate),
          clock(secondsOf(length)),
        )}
        className={`absolute inset-y-0 min-w-0.5 truncate rounded-[0.3rem] px-1.5 text-left text-tiny font-medium text-on-clip shadow-[inset_0_0_0_1px_rgb(0_0_0/0.16)] transition-[filter] hover:brightness-110 focus-visible:z-10 ${KIND_LOOKS[kind]}`}
        style={{
          left: `${(start / duration) * 100}%`,
          width: `max(2px, calc(${(length / duration) * 100}% - 1px))`,
        }}
        onClick={() => seekTo(start)}
      >
        {length / duration > NAME_PART && nameOf(clip)}
      </button>
    </li>
  );
}

/** Moves the focus along the clips of a track. */
function alongTrack(event: KeyboardEvent<HTMLElement>) {
  const step =
    event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const clips = [...event.currentTarget.querySelectorAll("button")];
  const at = clips.indexOf(event.target as HTMLButtonElement);
  clips[at + step]?.focus();
  event.preventDefault();
}

function Track({ track, info }: { track: TrackInfo; info: FilmInfo }) {
  const name = track.name || strings.timeline.kinds[track.kind];
  return (
    <div className="flex h-7 items-stretch gap-2">
      <div
        className="flex w-8 shrink-0 items-center gap-1.5 text-xs text-faint sm:w-24"
        title={name}
      >
        <Icon name={KIND_ICONS[track.kind]} className="size-4" />
        <span className="truncate max-sm:sr-only">{name}</span>
      </div>
      <ul
        aria-label={name}
        className="relative flex-1 rounded-[0.3rem] bg-sunken"
        onKeyDown={alongTrack}
      >
        {track.clips.map((clip, place) => (
          <Clip
            key={clip.id}
            clip={clip}
            kind={track.kind}
            duration={info.duration}
            rate={info.rate}
            isFirst={place === 0}
          />
        ))}
      </ul>
    </div>
  );
}

function Playhead({
  player,
  duration,
}: {
  player: Player | null;
  duration: number;
}) {
  const line = useRef<HTMLDivElement>(null);
  useEveryState(player, ({ playhead }) => {
    const part = duration > 0 ? Math.min(1, playhead / duration) : 0;
    if (line.current) line.current.style.left = `${part * 100}%`;
  });
  return (
    <div className="pointer-events-none absolute inset-y-0 right-0 left-10 sm:left-26">
      <div
        ref={line}
        className="absolute inset-y-0 left-0 w-0.5 -translate-x-1/2 rounded-full bg-accent"
      />
    </div>
  );
}

/** The film's tracks, to look at and to jump by. */
export function Timeline({ info }: { info: FilmInfo }) {
  const player = useSession((session) => session.player);
  const isEmpty = info.duration === 0;
  const jump = (event: PointerEvent<HTMLElement>) => {
    const list = (event.target as HTMLElement).closest("ul");
    if (!list || event.target !== list) return;
    const box = list.getBoundingClientRect();
    seekTo(((event.clientX - box.left) / box.width) * info.duration);
  };
  return (
    <section
      aria-label={strings.timeline.label}
      className="max-h-[34%] shrink-0 overflow-y-auto rounded-panel bg-surface p-2.5"
    >
      {isEmpty ? (
        <p className="py-3 text-center text-faint">{strings.timeline.empty}</p>
      ) : (
        <div className="relative flex flex-col gap-1" onPointerDown={jump}>
          {info.tracks.map((track) => (
            <Track key={track.id} track={track} info={info} />
          ))}
          <Playhead player={player} duration={info.duration} />
        </div>
      )}
    </section>
  );
}
