import { setClipValues, setSpeed } from "@/actions/inspect";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import { Choice, Row, Switch } from "@/parts/controls";
import { TextInput } from "@/parts/field";
import { NumberField } from "@/parts/number_field";
import { Section } from "@/parts/section";
import type { FadeCurve } from "@/state/project";
import { strings } from "@/strings";
import type { Inspected } from "./inspected";
import { ParamField, ParamKeys } from "./member_field";

const words = strings.inspector;
const { rows } = words;

const CURVES = (Object.keys(words.curves) as FadeCurve[]).map((id) => ({
  id,
  label: words.curves[id],
}));

/** Its name, and whether it is there at all. */
export function NameSection({ inspected }: { inspected: Inspected }) {
  const { clip, clips } = inspected;
  return (
    <Section title={words.sections.clip}>
      <Row label={rows.name}>
        <TextInput
          key={clip.id + (clip.name ?? "")}
          aria-label={rows.name}
          defaultValue={clip.name ?? ""}
          className="h-7.5! text-[0.8125rem]"
          onBlur={(event) => {
            const name = event.target.value;
            if (name !== (clip.name ?? "")) void setClipValues(clips, { name });
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
          }}
        />
      </Row>
      <Row label={rows.isOn}>
        <Switch
          label={rows.isOn}
          isOn={!clip.off}
          onSet={(isOn) => void setClipValues(clips, { off: !isOn })}
        />
      </Row>
    </Section>
  );
}

/** How fast and which way. */
export function SpeedSection({ inspected }: { inspected: Inspected }) {
  const { clip, clips } = inspected;
  const speed = clip.speed ?? 1;
  const isBackwards = speed < 0;
  return (
    <Section title={words.sections.speed} isOpenFirst={false}>
      <Row label={rows.speed}>
        <NumberField
          label={rows.speed}
          value={Math.abs(speed) * 100}
          unit="%"
          min={1}
          max={10_000}
          step={5}
          isDisabled={speed === 0}
          className="flex-1"
          onSet={(percent) =>
            void setSpeed(clips, (percent / 100) * (isBackwards ? -1 : 1))
          }
        />
      </Row>
      <Row label={rows.reverse}>
        <Switch
          label={rows.reverse}
          isOn={isBackwards}
          onSet={() => void setSpeed(clips, -speed || -1)}
        />
      </Row>
      <Row label={rows.freeze}>
        <Switch
          label={rows.freeze}
          isOn={speed === 0}
          onSet={(isHeld) =>
            void setClipValues(clips, { speed: isHeld ? 0 : 1 })
          }
        />
      </Row>
      <Row label={rows.pitch}>
        <Switch
          label={rows.pitch}
          isOn={clip.keep_pitch !== false}
          onSet={(keep_pitch) => void setClipValues(clips, { keep_pitch })}
        />
      </Row>
    </Section>
  );
}

/** How loud and where. */
export function SoundSection(props: { inspected: Inspected; playhead: Ticks }) {
  return (
    <Section title={words.sections.sound}>
      <Row label={rows.volume} end={<ParamKeys {...props} param="gain" />}>
        <ParamField {...props} param="gain" />
      </Row>
      <Row label={rows.pan} end={<ParamKeys {...props} param="pan" />}>
        <ParamField {...props} param="pan" />
      </Row>
    </Section>
  );
}

/** How it comes and goes. */
export function FadesSection({ inspected }: { inspected: Inspected }) {
  const { clip, clips } = inspected;
  const sides = ["in", "out"] as const;
  return (
    <Section title={words.sections.fades}>
      {sides.map((side) => {
        const label = side === "in" ? rows.fadeIn : rows.fadeOut;
        const length = clip[`fade_${side}`] ?? 0;
        return (
          <Row key={side} label={label}>
            <NumberField
              label={label}
              value={length / TICKS_PER_SECOND}
              unit="s"
              min={0}
              max={clip.duration / TICKS_PER_SECOND}
              step={0.1}
              className="w-18 shrink-0"
              onSet={(seconds) =>
                void setClipValues(
                  clips,
                  { [`fade_${side}`]: Math.round(seconds * TICKS_PER_SECOND) },
                  words.edits.fade,
                )
              }
            />
            <Choice
              label={`${label}: ${rows.easing}`}
              value={clip[`fade_${side}_curve`] ?? "linear"}
              choices={CURVES}
              onSet={(curve) =>
                void setClipValues(
                  clips,
                  { [`fade_${side}_curve`]: curve },
                  words.edits.fade,
                )
              }
            />
          </Row>
        );
      })}
    </Section>
  );
}
