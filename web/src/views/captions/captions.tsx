import { memo, useEffect, useRef, useState } from "react";
import {
  appendCaption,
  captionsOf,
  exportSubtitles,
  importSubtitles,
  mergeCaptions,
  removeCaption,
  setCaptionText,
  setCaptionTimes,
  shiftCaptions,
  splitCaption,
} from "@/actions/captions";
import { chooseSubtitles } from "@/actions/choose_folder";
import { seekTo } from "@/actions/play";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import { Button, IconButton } from "@/parts/button";
import { SmallButton } from "@/parts/controls";
import { Menu } from "@/parts/menu";
import { NumberField } from "@/parts/number_field";
import { Popover } from "@/parts/popover";
import { usePlayhead } from "@/state/playhead";
import { endOf, useProject, type Clip } from "@/state/project";
import { selectClips, useSelection } from "@/state/selection";
import { strings } from "@/strings";

const words = strings.captions;

/** More than this, and people cannot follow. */
const LETTERS_A_SECOND_MAX = 20;

const secondsText = (at: Ticks) => {
  const seconds = at / TICKS_PER_SECOND;
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - minutes * 60).toFixed(2).padStart(5, "0")}`;
};

/** 1:02.5, 62.5; null for anything else. */
function ticksOf(text: string): Ticks | null {
  const found = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds = "0"] = found;
  const all =
    Number(hours) * 3600 +
    Number(minutes) * 60 +
    Number(seconds.replace(",", "."));
  return Math.round(all * TICKS_PER_SECOND);
}

function Time({
  label,
  at,
  onSet,
}: {
  label: string;
  at: Ticks;
  onSet: (at: Ticks) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const next = typed === null ? null : ticksOf(typed);
    setTyped(null);
    if (next !== null && next !== at) onSet(next);
  };
  return (
    <input
      aria-label={label}
      value={typed ?? secondsText(at)}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
      className="h-6 w-17 rounded-[0.3rem] bg-transparent px-1 font-mono text-xs text-soft tabular-nums hover:bg-hover focus:bg-sunken"
    />
  );
}

const Cue = memo(function Cue({
  clip,
  place,
  next,
  isNow,
  isSelected,
}: {
  clip: Clip;
  place: number;
  next: Clip | undefined;
  isNow: boolean;
  isSelected: boolean;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isNow) line.current?.scrollIntoView({ block: "nearest" });
  }, [isNow]);
  const text = typed ?? clip.text ?? "";
  const speed = Math.round(
    text.length / Math.max(0.1, clip.duration / TICKS_PER_SECOND),
  );
  const isFast = speed > LETTERS_A_SECOND_MAX;
  const take = () => {
    if (typed !== null && typed !== (clip.text ?? ""))
      void setCaptionText(clip, typed);
    setTyped(null);
  };
  return (
    <li
      ref={line}
      data-cue={clip.id}
      className={`group/cue rounded-[0.55rem] p-1.5 ${isNow ? "bg-accent-wash" : isSelected ? "bg-hover" : ""}`}
    >
      <div className="flex items-center">
        <button
          type="button"
          aria-label={words.go(place)}
          onClick={() => {
            seekTo(clip.start);
            selectClips([clip.id]);
          }}
          className="min-w-6 rounded-[0.3rem] px-1 text-xs text-faint tabular-nums hover:bg-hover hover:text-ink"
        >
          {place}
        </button>
        <Time
          label={words.from(place)}
          at={clip.start}
          onSet={(at) => void setCaptionTimes(clip, at, endOf(clip))}
        />
        <span className="text-xs text-faint">–</span>
        <Time
          label={words.to(place)}
          at={endOf(clip)}
          onSet={(at) => void setCaptionTimes(clip, clip.start, at)}
        />
        <span
          title={`${words.speed(speed)}${isFast ? `. ${words.tooFast}` : ""}`}
          className={`ms-auto px-1 text-tiny tabular-nums ${isFast ? "font-semibold text-bad" : "text-faint"}`}
        >
          {speed}/s
        </span>
      </div>
      <textarea
        ref={area}
        dir="auto"
        rows={Math.max(1, Math.ceil(text.length / 34))}
        aria-label={words.text(place)}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onFocus={() => selectClips([clip.id])}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) take();
        }}
        className="w-full resize-none rounded-[0.3rem] bg-transparent px-1.5 py-0.5 text-[0.8125rem] hover:bg-hover focus:bg-sunken"
      />
      <div className="flex h-6 items-center justify-end gap-0.5 opacity-0 transition-opacity group-focus-within/cue:opacity-100 group-hover/cue:opacity-100 pointer-coarse:opacity-100">
        <SmallButton
          icon="split"
          label={words.split(place)}
          onClick={() =>
            void splitCaption(clip, area.current?.selectionStart ?? undefined)
          }
        />
        <SmallButton
          icon="merge"
          label={words.merge(place)}
          isDisabled={!next}
          onClick={() => next && void mergeCaptions(clip, next)}
        />
        <SmallButton
          icon="trash"
          label={words.remove(place)}
          onClick={() => void removeCaption(clip)}
        />
      </div>
    </li>
  );
});

function Shift() {
  const [seconds, setSeconds] = useState(0.5);
  return (
    <div className="flex flex-col gap-2">
      <NumberField
        label={words.shiftBy}
        value={seconds}
        unit="s"
        min={-3600}
        max={3600}
        step={0.1}
        onSet={setSeconds}
      />
      <Button
        className="h-8!"
        onClick={() =>
          void shiftCaptions(Math.round(seconds * TICKS_PER_SECOND))
        }
      >
        {words.shift}
      </Button>
    </div>
  );
}

async function importChosen() {
  const [file] = await chooseSubtitles();
  if (file) await importSubtitles(file);
}

/** The film's captions as a list. */
export function Captions() {
  useProject((state) => state.version); // another project has other captions
  const playhead = usePlayhead();
  const selected = useSelection((selection) => selection.clips);
  const captions = captionsOf();
  return (
    <section
      aria-label={words.label}
      data-captions
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex items-center gap-1.5 px-2.5 pb-2">
        <Button
          icon="plus"
          className="h-8! flex-1"
          onClick={() => void appendCaption()}
        >
          {words.add}
        </Button>
        <Popover
          label={words.shift}
          className="w-48"
          trigger={
            <Button className="h-8! px-2.5!" disabled={captions.length === 0}>
              {words.shift}
            </Button>
          }
        >
          <Shift />
        </Popover>
        <Menu
          trigger={
            <IconButton icon="more" label={words.more} className="size-8!" />
          }
          items={[
            {
              label: words.importFile,
              icon: "folder",
              onSelect: () => void importChosen(),
            },
            null,
            {
              label: words.exportSrt,
              icon: "download",
              isDisabled: captions.length === 0,
              onSelect: () => exportSubtitles("srt"),
            },
            {
              label: words.exportVtt,
              icon: "download",
              isDisabled: captions.length === 0,
              onSelect: () => exportSubtitles("vtt"),
            },
          ]}
        />
      </div>
      {captions.length === 0 ? (
        <p className="grid flex-1 place-items-center p-4 text-center text-[0.8125rem] text-balance text-faint">
          {words.empty}
        </p>
      ) : (
        <ol className="min-h-0 flex-1 overflow-y-auto px-2 pb-2.5">
          {captions.map((clip, place) => (
            <Cue
              key={clip.id}
              clip={clip}
              place={place + 1}
              next={captions[place + 1]}
              isNow={clip.start <= playhead && playhead < endOf(clip)}
              isSelected={selected.has(clip.id)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
