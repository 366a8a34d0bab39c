import { useState } from "react";
import { resetMembers, setClipValues, setMembers } from "@/actions/inspect";
import type { Ticks } from "@/engine/engine";
import { Choice, Row, SmallButton } from "@/parts/controls";
import { Section } from "@/parts/section";
import type { ParamName } from "@/state/clip_params";
import type { Clip } from "@/state/project";
import { strings } from "@/strings";
import type { Inspected } from "./inspected";
import { changesOf, ParamField, paramNow, ParamKeys } from "./member_field";

const words = strings.inspector;

const choicesOf = <T extends string>(names: Record<T, string>) =>
  (Object.keys(names) as T[]).map((id) => ({ id, label: names[id] }));

const FITS = choicesOf(words.fits);
const BLENDS = choicesOf(words.blends);

interface Props {
  inspected: Inspected;
  playhead: Ticks;
}

/** Two params in one row, whose keyframes are set together by the first one's diamond. */
function Pair({
  inspected,
  playhead,
  label,
  params: [first, second],
}: Props & { label: string; params: readonly [ParamName, ParamName] }) {
  return (
    <>
      <Row
        label={label}
        end={
          <ParamKeys inspected={inspected} playhead={playhead} param={first} />
        }
      >
        <ParamField
          inspected={inspected}
          playhead={playhead}
          param={first}
          letter="X"
        />
      </Row>
      <Row
        label=""
        end={
          <ParamKeys inspected={inspected} playhead={playhead} param={second} />
        }
      >
        <ParamField
          inspected={inspected}
          playhead={playhead}
          param={second}
          letter="Y"
        />
      </Row>
    </>
  );
}

function Scale({ inspected, playhead }: Props) {
  const [isLinked, setLinked] = useState(true);
  return (
    <>
      <Row
        label={words.rows.scale}
        end={
          <ParamKeys
            inspected={inspected}
            playhead={playhead}
            param="scale_x"
          />
        }
      >
        <ParamField
          inspected={inspected}
          playhead={playhead}
          param="scale_x"
          letter="X"
          together={isLinked ? "scale_y" : undefined}
        />
        <SmallButton
          icon="chain"
          label={words.linked}
          isPressed={isLinked}
          onClick={() => setLinked(!isLinked)}
        />
      </Row>
      <Row
        label=""
        end={
          <ParamKeys
            inspected={inspected}
            playhead={playhead}
            param="scale_y"
          />
        }
      >
        <ParamField
          inspected={inspected}
          playhead={playhead}
          param="scale_y"
          letter="Y"
          together={isLinked ? "scale_x" : undefined}
        />
      </Row>
    </>
  );
}

const TRANSFORM = [
  "x",
  "y",
  "scale_x",
  "scale_y",
  "rotation",
  "anchor_x",
  "anchor_y",
  "fit",
];

function Flip({ inspected, playhead }: Props) {
  const flip = (param: "scale_x" | "scale_y") => () =>
    void setMembers(
      changesOf(
        inspected,
        { [param]: -paramNow(inspected.clip, param, playhead) },
        playhead,
      ),
    );
  return (
    <Row label={words.rows.flip}>
      <SmallButton
        icon="flipX"
        label={words.mirrorX}
        isPressed={paramNow(inspected.clip, "scale_x", playhead) < 0}
        onClick={flip("scale_x")}
      />
      <SmallButton
        icon="flipY"
        label={words.mirrorY}
        isPressed={paramNow(inspected.clip, "scale_y", playhead) < 0}
        onClick={flip("scale_y")}
      />
    </Row>
  );
}

/** Where the picture is, how large and how turned. */
export function TransformSection(props: Props) {
  const { inspected, playhead } = props;
  const { clip, clips } = inspected;
  const isPicture = clip.kind === "media" || clip.kind === "sequence";
  return (
    <Section
      title={words.sections.transform}
      end={
        <SmallButton
          icon="reset"
          label={words.reset(words.sections.transform)}
          onClick={() => void resetMembers(clips, TRANSFORM)}
        />
      }
    >
      <Pair {...props} label={words.rows.position} params={["x", "y"]} />
      <Scale {...props} />
      <Row
        label={words.rows.rotation}
        end={<ParamKeys {...props} param="rotation" />}
      >
        <ParamField
          inspected={inspected}
          playhead={playhead}
          param="rotation"
        />
      </Row>
      <Pair
        {...props}
        label={words.rows.anchor}
        params={["anchor_x", "anchor_y"]}
      />
      {isPicture && (
        <Row label={words.rows.fit}>
          <Choice
            label={words.rows.fit}
            value={clip.fit ?? "contain"}
            choices={FITS}
            onSet={(fit) => void setClipValues(clips, { fit })}
          />
        </Row>
      )}
      <Flip {...props} />
    </Section>
  );
}

const CROP = [
  "crop_left",
  "crop_right",
  "crop_top",
  "crop_bottom",
  "corner_radius",
] as const;

/** What of the picture is cut away. */
export function CropSection(props: Props) {
  return (
    <Section
      title={words.sections.crop}
      end={
        <SmallButton
          icon="reset"
          label={words.reset(words.sections.crop)}
          onClick={() => void resetMembers(props.inspected.clips, [...CROP])}
        />
      }
    >
      {CROP.map((param) => (
        <Row
          key={param}
          label={
            param === "corner_radius"
              ? words.rows.corners
              : words.params[param]
                  .replace(/^\S+ /, "")
                  .replace(/^./, (c) => c.toUpperCase())
          }
          end={<ParamKeys {...props} param={param} />}
        >
          <ParamField {...props} param={param} />
        </Row>
      ))}
    </Section>
  );
}

/** How the picture meets what is under it. */
export function CompositingSection(props: Props) {
  const { clip, clips } = props.inspected;
  return (
    <Section title={words.sections.compositing}>
      <Row
        label={words.rows.opacity}
        end={<ParamKeys {...props} param="opacity" />}
      >
        <ParamField {...props} param="opacity" />
      </Row>
      <Row label={words.rows.blend}>
        <Choice
          label={words.rows.blend}
          value={(clip.blend ?? "normal") as keyof typeof words.blends}
          choices={BLENDS}
          onSet={(blend) =>
            void setClipValues(clips, { blend } satisfies Partial<Clip>)
          }
        />
      </Row>
    </Section>
  );
}
