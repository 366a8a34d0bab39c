import {
  memberOf,
  setMembers,
  tryMembers,
  type Member,
} from "@/actions/inspect";
import type { Ticks } from "@/engine/engine";
import { NumberField } from "@/parts/number_field";
import { PARAMS, type NumberSpec, type ParamName } from "@/state/clip_params";
import { keyframesOf, valueAt } from "@/state/keyframes";
import type { Clip } from "@/state/project";
import { strings } from "@/strings";
import type { Inspected } from "./inspected";
import { KeyframeControls } from "./keyframe_controls";

const names = strings.inspector.params;

/** From the clip's start, whose keyframes count from there. */
export const within = (clip: Clip, playhead: Ticks) => playhead - clip.start;

const numberAt = (member: Member, at: Ticks, otherwise: number) =>
  Number(valueAt(memberOf(member), at, otherwise));

/** What a param of the selected clip is now. */
export const paramNow = (
  clip: Clip,
  param: ParamName,
  playhead: Ticks,
): number =>
  numberAt({ clip, param }, within(clip, playhead), PARAMS[param].otherwise);

/** Changes of every selected clip: the same value. */
export const changesOf = (
  { clips }: Inspected,
  values: Partial<Record<ParamName, number>>,
  playhead: Ticks,
) =>
  clips.flatMap((clip) =>
    Object.entries(values).map(([param, value]) => ({
      member: { clip, param },
      value,
      at: within(clip, playhead),
    })),
  );

/** A number of the selected clips, which may have keyframes. */
export function ParamField({
  inspected,
  param,
  playhead,
  letter,
  together,
}: {
  inspected: Inspected;
  param: ParamName;
  playhead: Ticks;
  letter?: string;
  /** Another that takes the same way. */
  together?: ParamName | undefined;
}) {
  const spec = PARAMS[param];
  const value = paramNow(inspected.clip, param, playhead);
  const changes = (shown: number) => {
    const next = shown / spec.scale;
    const other = together && paramNow(inspected.clip, together, playhead);
    const ratio = value !== 0 && other !== undefined ? other / value : 1;
    return changesOf(
      inspected,
      { [param]: next, ...(together && { [together]: next * ratio }) },
      playhead,
    );
  };
  return (
    <NumberField
      key={inspected.clip.id}
      label={names[param]}
      value={value * spec.scale}
      unit={spec.unit}
      min={spec.min * spec.scale}
      max={spec.max * spec.scale}
      step={spec.step}
      digits={spec.digits}
      {...(letter && { letter })}
      onTry={(shown) => tryMembers(changes(shown))}
      onSet={(shown) => void setMembers(changes(shown))}
      className="flex-1"
    />
  );
}

/** Its keyframes. */
export function ParamKeys({
  inspected,
  param,
  playhead,
}: {
  inspected: Inspected;
  param: ParamName;
  playhead: Ticks;
}) {
  const { clip } = inspected;
  const member = { clip, param };
  const at = within(clip, playhead);
  return (
    <KeyframeControls
      member={member}
      frames={keyframesOf(memberOf(member))}
      at={at}
      value={numberAt(member, at, PARAMS[param].otherwise)}
      label={names[param]}
    />
  );
}

/** A number that is no clip's own, with its keyframes at the end of its row. */
export function memberNumber(member: Member, at: Ticks, spec: NumberSpec) {
  return numberAt(member, at, spec.otherwise);
}
