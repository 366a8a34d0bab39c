import { useEffect, useRef, type PointerEvent as Pointer } from "react";
import {
  clipBox,
  isOn,
  type ClipBox,
  type Guide,
  type Point,
  type Size,
} from "@/state/clip_box";
import { pictureSize, useAssetFacts, wantFacts } from "@/state/asset_facts";
import { usePlayerState } from "@/state/player_state";
import { usePlayhead } from "@/state/playhead";
import { useSession } from "@/state/session";
import {
  endOf,
  filmOf,
  projectNow,
  useProject,
  type Clip,
  type Place,
  type Project,
} from "@/state/project";
import { selectClips, selectNothing, useSelection } from "@/state/selection";
import { useStageView } from "@/state/stage_view";
import { inkOf, useFonts } from "@/state/text_ink";
import { styleOf } from "@/state/text_style";
import { Handles, useDragging, type Grip } from "./handles";
import { TitleWriter } from "./title_writer";

/** Top to bottom, what is seen at [playhead]. */
function seenAt(project: Project, playhead: number): Place[] {
  const tracks = project.sequences[0]?.tracks ?? [];
  const seen = tracks
    .filter(({ kind, hidden }) => kind !== "audio" && !hidden)
    .flatMap((track) =>
      track.clips
        .filter(
          (clip) =>
            !clip.off && clip.start <= playhead && playhead < endOf(clip),
        )
        .map((clip) => ({ clip, track })),
    );
  const texts = seen.filter(({ track }) => track.kind === "text");
  const pictures = seen.filter(({ track }) => track.kind === "video");
  return [...texts.reverse(), ...pictures.reverse()];
}

function useBoxes(canvas: Size, playhead: number) {
  const facts = useAssetFacts((state) => state.facts);
  const project = useProject((state) => state.project);
  const seen = project ? seenAt(project, playhead) : [];
  const hasFonts = useFonts(seen.some(({ track }) => track.kind === "text"));
  const uris = seen
    .flatMap(({ clip }) => projectNow().assets.get(clip.asset ?? "")?.uri ?? [])
    .join("\n");
  useEffect(() => {
    for (const uri of uris.split("\n")) if (uri) wantFacts(uri);
  }, [uris]);
  const boxOf = ({ clip, track }: Place): ClipBox => {
    const isText = clip.kind === "title" || clip.kind === "caption";
    const ink =
      isText && project && hasFonts
        ? inkOf(clip.text ?? "", styleOf(clip, track, project), canvas)
        : null;
    const picture =
      clip.kind === "media" ? pictureSize(clip.asset, facts) : null;
    return clipBox(clip, playhead, canvas, picture, ink);
  };
  return { seen, boxOf, project };
}

function Guides({
  guides,
  canvas,
  scale,
}: {
  guides: readonly Guide[];
  canvas: Size;
  scale: number;
}) {
  return guides.map(({ axis, at }) => (
    <div
      key={`${axis}${at}`}
      data-guide={axis}
      className={`pointer-events-none absolute bg-accent ${axis === "x" ? "inset-y-0 w-px" : "inset-x-0 h-px"}`}
      style={
        axis === "x"
          ? { left: (canvas.width / 2 + at) * scale }
          : { top: (canvas.height / 2 + at) * scale }
      }
    />
  ));
}

/** Action-safe and title-safe, and the middle. */
function SafeAreas() {
  return (
    <div
      data-safe
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 text-on-stage/55 *:absolute *:border *:border-current"
    >
      <div className="inset-[5%]" />
      <div className="inset-[10%]" />
      <div className="top-1/2 left-1/2 h-px w-5 -translate-x-1/2" />
      <div className="top-1/2 left-1/2 h-5 w-px -translate-y-1/2" />
    </div>
  );
}

const isPlaced = ({ clip, track }: Place) =>
  clip.kind !== "caption" && !track.locked;

/** Over the picture: what is selected, and how it is changed where it is seen. */
export function Overlay({ canvas, scale }: { canvas: Size; scale: number }) {
  const place = useRef<HTMLDivElement>(null);
  const playhead = usePlayhead();
  const player = useSession((session) => session.player);
  const isPlaying = usePlayerState(player, ({ rate }) => rate !== 0, false);
  const { clips: selected } = useSelection();
  const { hasGuides, isCropping, writing } = useStageView();
  const { seen, boxOf, project } = useBoxes(canvas, playhead);
  const chosen = seen.find((one) => selected.has(one.clip.id)) ?? null;
  const box = chosen && boxOf(chosen);
  const dragging = useDragging(
    chosen?.clip ?? null,
    box,
    playhead,
    canvas,
    1 / scale,
    isCropping,
  );
  const shown = dragging.shown?.box ?? box;

  const pointOf = (event: Pointer): Point => {
    const rect = place.current?.getBoundingClientRect();
    return {
      x: (event.clientX - (rect?.left ?? 0)) / scale - canvas.width / 2,
      y: (event.clientY - (rect?.top ?? 0)) / scale - canvas.height / 2,
    };
  };
  const grip = (what: Grip, event: Pointer) => {
    if (event.button !== 0 || !chosen || !isPlaced(chosen)) return;
    place.current?.setPointerCapture(event.pointerId);
    dragging.begin(what, pointOf(event));
  };
  const pick = (event: Pointer) => {
    if (event.button !== 0 || isPlaying) return;
    const at = pointOf(event);
    const found = seen.find((one) => isOn(boxOf(one), at));
    if (!found) return selectNothing();
    const linked = linkedTo(found.clip, project);
    selectClips([...linked, found.clip.id], found.clip.id);
  };
  return (
    <div
      ref={place}
      data-overlay
      className="absolute inset-0 touch-none"
      onPointerDown={pick}
      onPointerMove={(event) => dragging.move(pointOf(event), event)}
      onPointerUp={dragging.end}
      onPointerCancel={dragging.end}
    >
      {hasGuides && <SafeAreas />}
      <Guides
        guides={dragging.shown?.guides ?? []}
        canvas={canvas}
        scale={scale}
      />
      {chosen && shown && !isPlaying && isPlaced(chosen) && (
        <Handles
          clip={chosen.clip}
          box={shown}
          canvas={canvas}
          scale={scale}
          playhead={playhead}
          isCropping={isCropping}
          onGrip={grip}
        />
      )}
      {chosen && box && project && writing === chosen.clip.id && (
        <TitleWriter
          key={writing}
          clip={chosen.clip}
          box={box}
          style={styleOf(chosen.clip, chosen.track, project)}
          canvas={canvas}
          scale={scale}
        />
      )}
    </div>
  );
}

/** The clips that are edited with [clip]. */
function linkedTo(clip: Clip, project: Project | null): string[] {
  if (!clip.link || !project) return [];
  const film = filmOf(projectNow());
  return (film?.tracks ?? [])
    .flatMap(({ clips }) => clips)
    .filter(({ id, link }) => link === clip.link && id !== clip.id)
    .map(({ id }) => id);
}
