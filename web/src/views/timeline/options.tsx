// The clips as a screen reader finds them: those in sight and the one that has the keyboard.
import { useEffect, useState } from "react";
import type { FilmInfo } from "@/engine/engine";
import {
  clipName,
  endOf,
  useProject,
  type Clip,
  type Track,
} from "@/state/project";
import { selectClips, useSelection } from "@/state/selection";
import { clipsBetween, type Layout } from "@/state/timeline_geometry";
import { useView, viewNow } from "@/state/timeline_view";
import { clock, secondsOf, timecode } from "@/state/time";
import { strings } from "@/strings";

/** More of a track are not there at once: who looks for them scrolls, or goes there by keyboard. */
const OPTIONS_MAX = 40;

/** The view is still for so long before the list follows it: scrolling costs nothing. */
const CALM_MS = 160;

const words = strings.timeline;

const idOf = (clip: string) => `clip-${clip}`;

function describe(clip: Clip, track: Track, info: FilmInfo): string {
  const name = clipName(clip) || words.nameless[clip.kind];
  const states = [
    clip.link && words.state.linked,
    clip.off && words.state.off,
    track.locked && words.state.locked,
  ].filter(Boolean);
  return [
    words.clip(
      name,
      timecode(clip.start, info.rate),
      clock(secondsOf(clip.duration)),
    ),
    ...states,
  ].join(", ");
}

/** The view, once it has come to rest. */
function useCalmView() {
  const pick = () => {
    const { left, scale, width } = viewNow();
    return { left, scale, width };
  };
  const [calm, setCalm] = useState(pick);
  useEffect(() => {
    let timer = 0;
    const end = useView.subscribe(() => {
      clearTimeout(timer);
      timer = window.setTimeout(() => setCalm(pick()), CALM_MS);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, []);
  return calm;
}

export function Options({
  layout,
  info,
  onActive,
}: {
  layout: Layout;
  info: FilmInfo;
  onActive: (id: string | undefined) => void;
}) {
  const { left, scale, width } = useCalmView();
  const selected = useSelection((selection) => selection.clips);
  const focus = useSelection((selection) => selection.focus);
  const isThere = useProject(
    ({ places }) => focus !== null && places.has(focus),
  );
  useEffect(
    () => onActive(focus && isThere ? idOf(focus) : undefined),
    [focus, isThere, onActive],
  );
  return layout.rows.map(({ track, top, height }) => {
    const seen = clipsBetween(track.clips, left, left + width * scale).slice(
      0,
      OPTIONS_MAX,
    );
    const focused = track.clips.find(({ id }) => id === focus);
    const clips =
      focused && !seen.includes(focused) ? [...seen, focused] : seen;
    if (clips.length === 0) return null;
    return (
      <div
        key={track.id}
        role="group"
        aria-label={track.name || words.kinds[track.kind]}
        className="pointer-events-none absolute inset-x-0 overflow-hidden"
        style={{ top, height }}
      >
        {clips.map((clip) => (
          <div
            key={clip.id}
            id={idOf(clip.id)}
            role="option"
            data-clip={clip.id}
            aria-selected={selected.has(clip.id)}
            aria-label={describe(clip, track, info)}
            className="absolute inset-y-0"
            style={{
              left: (clip.start - left) / scale,
              width: Math.max(1, (endOf(clip) - clip.start) / scale),
            }}
            onClick={() => selectClips([clip.id], clip.id)}
          />
        ))}
      </div>
    );
  });
}
