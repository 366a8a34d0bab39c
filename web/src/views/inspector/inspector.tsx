import { setClipValues } from "@/actions/inspect";
import { ColorField, Row } from "@/parts/controls";
import { Section } from "@/parts/section";
import { usePlayhead } from "@/state/playhead";
import { clipName, filmOf, useProject } from "@/state/project";
import { useSelection } from "@/state/selection";
import { strings } from "@/strings";
import {
  FadesSection,
  NameSection,
  SoundSection,
  SpeedSection,
} from "./clip_sections";
import { EffectsSection } from "./effects_section";
import { useInspected, type Inspected } from "./inspected";
import { MarkerPanel, TransitionPanel } from "./other_panels";
import { ProjectPanel } from "./project_panel";
import { AnimationSection, StyleSections, TextSection } from "./text_sections";
import {
  CompositingSection,
  CropSection,
  TransformSection,
} from "./transform_sections";

const words = strings.inspector;

function Heading({ kind, name }: { kind: string; name: string }) {
  return (
    <header className="flex h-11 shrink-0 items-baseline gap-2 border-b border-line px-3 pt-3">
      <h2 className="truncate text-[0.8125rem] font-semibold" title={name}>
        {name || kind}
      </h2>
      {name && <span className="shrink-0 text-xs text-faint">{kind}</span>}
    </header>
  );
}

function SolidSection({
  inspected: { clip, clips },
}: {
  inspected: Inspected;
}) {
  return (
    <Section title={words.kinds.solid}>
      <Row label={words.rows.color}>
        <div className="min-w-0 flex-1">
          <ColorField
            label={words.rows.color}
            opacityLabel={words.opacityOf(words.kinds.solid)}
            value={clip.color ?? "#000000ff"}
            onSet={(color) => void setClipValues(clips, { color })}
          />
        </div>
      </Row>
    </Section>
  );
}

function ClipPanel({ inspected }: { inspected: Inspected }) {
  const playhead = usePlayhead();
  const { clip, track } = inspected;
  const props = { inspected, playhead };
  const isText = clip.kind === "title" || clip.kind === "caption";
  const isSource = clip.kind === "media" || clip.kind === "sequence";
  if (track.kind === "audio")
    return (
      <>
        <SoundSection {...props} />
        <FadesSection inspected={inspected} />
        <SpeedSection inspected={inspected} />
        <NameSection inspected={inspected} />
      </>
    );
  return (
    <>
      {isText && <TextSection inspected={inspected} />}
      {isText && <StyleSections inspected={inspected} />}
      {clip.kind === "solid" && <SolidSection inspected={inspected} />}
      {clip.kind === "title" && <AnimationSection inspected={inspected} />}
      {clip.kind !== "caption" && <TransformSection {...props} />}
      <CompositingSection {...props} />
      {clip.kind !== "caption" && <EffectsSection {...props} />}
      {clip.kind !== "caption" && <CropSection {...props} />}
      <FadesSection inspected={inspected} />
      {isSource && <SpeedSection inspected={inspected} />}
      {isSource && <AnimationSection inspected={inspected} />}
      <NameSection inspected={inspected} />
    </>
  );
}

/** Everything of what is selected; of the film where nothing is. */
export function Inspector() {
  const inspected = useInspected();
  const { transition: chosen, marker: marked } = useSelection();
  const project = useProject((state) => state.project);
  const sequence = useProject(filmOf);
  const transition = sequence?.tracks
    .flatMap((track) => track.transitions)
    .find(({ id }) => id === chosen);
  const marker = sequence?.markers.find(({ id }) => id === marked);
  const count = inspected?.clips.length ?? 0;
  return (
    <section
      aria-label={words.label}
      data-inspector
      className="flex min-h-0 flex-1 flex-col"
    >
      {inspected && (
        <Heading
          kind={words.kinds[inspected.clip.kind]}
          name={count > 1 ? words.clips(count) : clipName(inspected.clip)}
        />
      )}
      <div className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
        {inspected ? (
          <ClipPanel key={inspected.clip.id} inspected={inspected} />
        ) : transition ? (
          <TransitionPanel key={transition.id} transition={transition} />
        ) : marker ? (
          <MarkerPanel key={marker.id} marker={marker} />
        ) : (
          project && <ProjectPanel project={project} />
        )}
      </div>
    </section>
  );
}
