import {
  addEffect,
  memberOf,
  moveEffect,
  removeEffect,
  setMembers,
  switchEffect,
  tryMembers,
} from "@/actions/inspect";
import type { Ticks } from "@/engine/engine";
import { SmallButton, Switch } from "@/parts/controls";
import { Menu } from "@/parts/menu";
import { Section } from "@/parts/section";
import { effectKind, EFFECTS, type ParamSpec } from "@/state/catalogue";
import { keyframesOf, valueAt } from "@/state/keyframes";
import type { Clip, Effect } from "@/state/project";
import { strings } from "@/strings";
import type { Inspected } from "./inspected";
import { KeyframeControls } from "./keyframe_controls";
import { within } from "./member_field";
import { ParamRow } from "./param_rows";

const words = strings.inspector;

function EffectParam({
  clip,
  effect,
  spec,
  at,
}: {
  clip: Clip;
  effect: Effect;
  spec: ParamSpec;
  at: Ticks;
}) {
  const member = { clip, effect: effect.id, param: spec.id };
  const value = valueAt(memberOf(member), at, spec.default);
  return (
    <ParamRow
      spec={spec}
      value={value}
      onTry={(next) => tryMembers([{ member, value: next, at }])}
      onSet={(next) => void setMembers([{ member, value: next, at }])}
      end={
        spec.animatable ? (
          <KeyframeControls
            member={member}
            frames={keyframesOf(memberOf(member))}
            at={at}
            value={value}
            label={spec.label}
          />
        ) : undefined
      }
    />
  );
}

function EffectCard({
  clip,
  effect,
  index,
  at,
}: {
  clip: Clip;
  effect: Effect;
  index: number;
  at: Ticks;
}) {
  const kind = effectKind(effect.kind);
  const name = kind?.label ?? effect.kind;
  const last = (clip.effects?.length ?? 1) - 1;
  return (
    <li
      aria-label={name}
      className="flex flex-col gap-1.5 rounded-[0.55rem] p-2 shadow-[inset_0_0_0_1px_var(--color-line)]"
    >
      <div className="flex items-center gap-1.5">
        <Switch
          label={words.effectOn(name)}
          isOn={!effect.off}
          onSet={(isOn) => void switchEffect(clip.id, effect.id, !isOn)}
        />
        <span
          className={`min-w-0 flex-1 truncate ps-1 text-[0.8125rem] font-medium ${effect.off ? "text-faint" : ""}`}
        >
          {name}
        </span>
        <SmallButton
          icon="up"
          label={words.effectUp(name)}
          isDisabled={index === 0}
          onClick={() => void moveEffect(clip.id, effect.id, index - 1)}
        />
        <SmallButton
          icon="down"
          label={words.effectDown(name)}
          isDisabled={index === last}
          onClick={() => void moveEffect(clip.id, effect.id, index + 1)}
        />
        <SmallButton
          icon="trash"
          label={words.effectRemove(name)}
          onClick={() => void removeEffect(clip.id, effect.id)}
        />
      </div>
      {kind?.params.map((spec) => (
        <EffectParam
          key={spec.id}
          clip={clip}
          effect={effect}
          spec={spec}
          at={at}
        />
      ))}
    </li>
  );
}

/** What is done to the picture, in order. */
export function EffectsSection({
  inspected,
  playhead,
}: {
  inspected: Inspected;
  playhead: Ticks;
}) {
  const { clip, clips } = inspected;
  const effects = clip.effects ?? [];
  return (
    <Section
      title={words.sections.effects}
      end={
        <Menu
          trigger={
            <button
              type="button"
              aria-label={words.addEffect}
              title={words.addEffect}
              className="inline-flex h-6 items-center gap-1 rounded-[0.35rem] px-1.5 text-xs text-soft hover:bg-hover hover:text-ink"
            >
              + {words.addEffect}
            </button>
          }
          items={EFFECTS.map(({ id, label }) => ({
            label,
            onSelect: () => void addEffect(clips, id),
          }))}
        />
      }
    >
      {effects.length === 0 ? (
        <p className="text-xs text-faint">{words.noEffects}</p>
      ) : (
        <ol className="flex flex-col gap-2">
          {effects.map((effect, index) => (
            <EffectCard
              key={effect.id}
              clip={clip}
              effect={effect}
              index={index}
              at={within(clip, playhead)}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}
