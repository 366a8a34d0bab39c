// The heads of the tracks: names, switches, height, order.
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import {
  addTrack,
  moveTrack,
  removeTrack,
  renameTrack,
  toggleTrack,
} from "@/actions/edit/tracks";
import { IconButton } from "@/parts/button";
import { Icon, type IconName } from "@/parts/icon";
import { Menu, type MenuPlace } from "@/parts/floating_menu";
import type { Track, TrackKind } from "@/state/project";
import { selectTrack, useSelection } from "@/state/selection";
import type { Layout, Row } from "@/state/timeline_geometry";
import { setHeight } from "@/state/timeline_view";
import { strings } from "@/strings";

const words = strings.timeline.track;

const KIND_ICONS: Record<TrackKind, IconName> = {
  video: "picture",
  audio: "note",
  text: "words",
};

/** One press of an arrow key on a track's lower edge. */
const HEIGHT_STEP = 8;

/** Lower heads show one line. */
const TWO_LINES = 50;

/** What a person calls a track: its name, or its kind with its number of that kind. */
export function trackName(track: Track, tracks: readonly Track[]): string {
  if (track.name) return track.name;
  const alike = tracks.filter(({ kind }) => kind === track.kind);
  const kind = strings.timeline.kinds[track.kind];
  return alike.length > 1 ? `${kind} ${alike.indexOf(track) + 1}` : kind;
}

const TINY = "size-6 rounded-md [&>svg]:size-4";

function Switches({ track }: { track: Track }) {
  const { locked, hidden, muted, solo } = track;
  const isSound = track.kind === "audio";
  return (
    <div className="flex max-sm:hidden">
      {isSound ? (
        <>
          <IconButton
            icon={muted ? "muted" : "sound"}
            label={muted ? words.unmute : words.mute}
            aria-pressed={Boolean(muted)}
            className={TINY}
            onClick={() => void toggleTrack(track, "muted")}
          />
          <button
            type="button"
            aria-label={words.solo}
            title={words.solo}
            aria-pressed={Boolean(solo)}
            className={`${TINY} text-xs font-semibold text-soft hover:bg-hover hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent`}
            onClick={() => void toggleTrack(track, "solo")}
          >
            S
          </button>
        </>
      ) : (
        <IconButton
          icon={hidden ? "eyeOff" : "eye"}
          label={hidden ? words.show : words.hide}
          aria-pressed={Boolean(hidden)}
          className={TINY}
          onClick={() => void toggleTrack(track, "hidden")}
        />
      )}
      <IconButton
        icon={locked ? "lock" : "unlock"}
        label={locked ? words.unlock : words.lock}
        aria-pressed={Boolean(locked)}
        className={TINY}
        onClick={() => void toggleTrack(track, "locked")}
      />
    </div>
  );
}

function Name({
  track,
  name,
  onDone,
}: {
  track: Track;
  name: string;
  onDone: () => void;
}) {
  const finish = (value: string) => {
    onDone();
    if (value.trim() !== (track.name ?? ""))
      void renameTrack(track.id, value.trim());
  };
  return (
    <input
      autoFocus
      defaultValue={track.name ?? ""}
      placeholder={name}
      aria-label={words.name}
      className="h-6 w-full min-w-0 rounded-md bg-raised px-1.5 text-xs"
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={({ currentTarget }) => finish(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") onDone();
        event.stopPropagation();
      }}
    />
  );
}

/** The lower edge of a head: pulled, or pushed by arrow keys. */
function HeightGrip({ row: { track, height } }: { row: Row }) {
  const begun = useRef<{ y: number; height: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    begun.current = { y: event.clientY, height };
  };
  const onPointerMove = ({ clientY }: PointerEvent) => {
    const from = begun.current;
    if (from) setHeight(track.id, from.height + clientY - from.y);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: HEIGHT_STEP, ArrowUp: -HEIGHT_STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setHeight(track.id, height + step);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={words.height}
      aria-valuenow={height}
      className="absolute inset-x-0 -bottom-1 z-10 h-2 cursor-row-resize touch-none rounded-full hover:bg-accent-wash"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (begun.current = null)}
      onPointerCancel={() => (begun.current = null)}
      onKeyDown={onKeyDown}
    />
  );
}

function menuOf(track: Track, rename: () => void) {
  const switches: ["locked" | "hidden" | "muted" | "solo", string][] = [
    ["locked", track.locked ? words.unlock : words.lock],
    track.kind === "audio"
      ? ["muted", track.muted ? words.unmute : words.mute]
      : ["hidden", track.hidden ? words.show : words.hide],
  ];
  if (track.kind === "audio") switches.push(["solo", words.solo]);
  const { addTracks } = strings.timeline;
  const kinds: TrackKind[] = ["text", "video", "audio"];
  return [
    switches.map(([which, label]) => ({
      label,
      onChoose: () => void toggleTrack(track, which),
    })),
    [
      { label: words.rename, onChoose: rename },
      { label: words.up, onChoose: () => void moveTrack(track.id, -1) },
      { label: words.down, onChoose: () => void moveTrack(track.id, 1) },
      {
        label: words.remove,
        isOff: Boolean(track.locked),
        onChoose: () => void removeTrack(track.id),
      },
    ],
    kinds.map((kind) => ({
      label: `${strings.timeline.addTrack}: ${addTracks[kind]}`,
      onChoose: () => void addTrack(kind),
    })),
  ];
}

function Head({ row, name }: { row: Row; name: string }) {
  const { track, top, height } = row;
  const isTarget = useSelection((selection) => selection.track === track.id);
  const [isNaming, setNaming] = useState(false);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const isLow = height < TWO_LINES;
  return (
    <div
      role="group"
      aria-label={words.header(name)}
      className={`absolute inset-x-0 flex rounded-l-md px-1.5 ${isLow ? "items-center gap-1" : "flex-col justify-center gap-0.5"} ${isTarget ? "bg-accent-wash" : "bg-sunken"}`}
      style={{ top, height }}
      onPointerDown={() => selectTrack(track.id)}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <div className="flex min-w-0 flex-1 items-center gap-1.5">
        <button
          type="button"
          aria-label={words.menu(name)}
          aria-haspopup="menu"
          title={words.menu(name)}
          className="grid size-6 shrink-0 place-items-center rounded-md text-soft hover:bg-hover hover:text-ink"
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            setMenu({ x: left, y: bottom + 2 });
          }}
        >
          <Icon name={KIND_ICONS[track.kind]} className="size-4" />
        </button>
        {isNaming ? (
          <Name track={track} name={name} onDone={() => setNaming(false)} />
        ) : (
          <span
            className="truncate text-xs font-medium max-sm:sr-only"
            title={name}
            onDoubleClick={() => setNaming(true)}
          >
            {name}
          </span>
        )}
      </div>
      {!isNaming && <Switches track={track} />}
      <HeightGrip row={row} />
      {menu && (
        <Menu
          label={words.menu(name)}
          place={menu}
          groups={menuOf(track, () => setNaming(true))}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

/** The heads beside the lanes. */
export function Headers({
  layout,
  tracks,
}: {
  layout: Layout;
  tracks: readonly Track[];
}) {
  return (
    <div
      className="sticky left-0 w-10 shrink-0 sm:w-44"
      style={{ height: layout.height }}
    >
      {layout.rows.map((row) => (
        <Head
          key={row.track.id}
          row={row}
          name={trackName(row.track, tracks)}
        />
      ))}
    </div>
  );
}

/** The button over the heads. */
export function AddTrack() {
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const { addTracks, addTrack: label } = strings.timeline;
  const kinds: TrackKind[] = ["text", "video", "audio"];
  return (
    <div className="flex w-10 shrink-0 items-center sm:w-44">
      <button
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        title={label}
        className="flex h-7 items-center gap-1.5 rounded-md px-2 text-xs text-soft hover:bg-hover hover:text-ink"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setMenu({ x: left, y: bottom + 2 });
        }}
      >
        <Icon name="plus" className="size-4" />
        <span className="max-sm:sr-only">{label}</span>
      </button>
      {menu && (
        <Menu
          label={label}
          place={menu}
          groups={[
            kinds.map((kind) => ({
              label: addTracks[kind],
              onChoose: () => void addTrack(kind),
            })),
          ]}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}
