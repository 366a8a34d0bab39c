import { useState } from "react";
import { animate, animationOf, type Animation } from "@/actions/animate";
import {
  resetMembers,
  setClipValues,
  setStyle,
  setTrackStyle,
} from "@/actions/inspect";
import { Choice, Row, Segments } from "@/parts/controls";
import { Section } from "@/parts/section";
import { useProject, type TextStyle } from "@/state/project";
import { styleOf } from "@/state/text_style";
import { strings } from "@/strings";
import type { Inspected } from "./inspected";
import { LookRows, StyleRows } from "./style_rows";

const words = strings.inspector;

const ANIMATIONS = (Object.keys(words.animations) as Animation[]).map((id) => ({
  id,
  label: words.animations[id],
}));

/** What it says. */
export function TextSection({ inspected }: { inspected: Inspected }) {
  const { clip, clips } = inspected;
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    if (typed !== null && typed !== (clip.text ?? ""))
      void setClipValues(
        clip.kind === "caption" ? [clip] : clips,
        { text: typed },
        words.edits.text,
      );
    setTyped(null);
  };
  return (
    <Section title={words.sections.text}>
      <textarea
        key={clip.id}
        aria-label={words.sections.text}
        rows={3}
        dir="auto"
        value={typed ?? clip.text ?? ""}
        className="w-full resize-y rounded-[0.4rem] bg-sunken p-2 text-[0.8125rem] shadow-[inset_0_0_0_1px_var(--color-line)]"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) take();
        }}
      />
    </Section>
  );
}

/** How it looks; captions of a track look alike unless one is meant alone. */
export function StyleSections({ inspected }: { inspected: Inspected }) {
  const project = useProject((state) => state.project);
  const { clip, clips, track } = inspected;
  const isCaption = clip.kind === "caption";
  const [isAlone, setAlone] = useState(!isCaption);
  if (!project) return null;
  const isOwn = isAlone || clip.style !== undefined;
  const set = (part: TextStyle) =>
    void (isOwn ? setStyle(clips, part) : setTrackStyle(track.id, part));
  const style = styleOf(clip, track, project);
  return (
    <>
      <Section title={words.sections.style}>
        {isCaption && (
          <Segments
            label={words.sections.style}
            value={isOwn ? "this" : "track"}
            choices={[
              { id: "track", label: words.forTrack },
              { id: "this", label: words.forThis },
            ]}
            onSet={(whose) => {
              setAlone(whose === "this");
              if (whose === "track" && clip.style)
                void resetMembers(clips, ["style"]);
            }}
          />
        )}
        <StyleRows style={style} onSet={set} />
      </Section>
      <Section title={words.sections.look} isOpenFirst={false}>
        <LookRows style={style} onSet={set} />
      </Section>
    </>
  );
}

/** How it comes and goes. */
export function AnimationSection({ inspected }: { inspected: Inspected }) {
  const { clip, clips } = inspected;
  return (
    <Section title={words.sections.animation}>
      {(["in", "out"] as const).map((side) => (
        <Row key={side} label={words.rows[side]}>
          <Choice
            label={`${words.sections.animation}: ${words.rows[side]}`}
            value={animationOf(clip, side)}
            choices={ANIMATIONS}
            onSet={(name) => void animate(clips, side, name)}
          />
        </Row>
      ))}
    </Section>
  );
}
