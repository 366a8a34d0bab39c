// What the inspector changes: each gives an edit of docs/edits.md and sends it.
import { applyEdit, applyMade, batch, type Edit } from "@/actions/edit/apply";
import { forgetPreview, previewEdit } from "@/actions/edit/preview_edit";
import type { Ticks } from "@/engine/engine";
import { keyframesOf } from "@/state/keyframes";
import {
  projectNow,
  type Animated,
  type Clip,
  type Keyframe,
  type TextStyle,
} from "@/state/project";
import { strings } from "@/strings";

type Value = number | string | boolean;

/** A value that may have keyframes: a clip's own, or of one of its effects. */
export interface Member {
  clip: Clip;
  param: string;
  /** None: the clip's own. */
  effect?: string;
}

const words = strings.inspector.edits;

/** What a member is in the file; undefined: its default. */
export function memberOf({ clip, param, effect }: Member) {
  const owner =
    effect === undefined
      ? clip
      : clip.effects?.find(({ id }) => id === effect)?.params;
  return (owner as Record<string, Animated<Value> | undefined> | undefined)?.[
    param
  ];
}

/** The edit that gives a member [value]: at [at] where it has keyframes, else for good. */
export function memberEdit(member: Member, value: Value, at: Ticks): Edit {
  const { clip, param, effect } = member;
  const of = effect === undefined ? {} : { effect };
  const frames = keyframesOf(memberOf(member));
  if (frames.length > 0) {
    const easing = frames.findLast((frame) => frame.at <= at);
    const shape = easing?.easing ? { easing: easing.easing } : {};
    const curve = easing?.curve ? { curve: easing.curve } : {};
    const keyframe = { at, value, ...shape, ...curve };
    return { op: "set-keyframe", clip: clip.id, ...of, param, keyframe };
  }
  if (effect === undefined)
    return { op: "set", clip: clip.id, values: { [param]: value } };
  const values = { params: { [param]: value } };
  return { op: "set-effect", clip: clip.id, effect, values };
}

/** New values of members of clips. */
export type Changes = readonly { member: Member; value: Value; at: Ticks }[];

const changesEdit = (changes: Changes) =>
  batch(
    words.value,
    changes.map(({ member, value, at }) => memberEdit(member, value, at)),
  );

/** Sets members of a clip, or of several alike clips, as one step. */
export function setMembers(changes: Changes) {
  forgetPreview();
  return applyEdit(changesEdit(changes), words.value);
}

/** Shows what that would be, while somebody still drags. */
export const tryMembers = (changes: Changes) =>
  previewEdit(changesEdit(changes));

const keyframeOf = ({ clip, param, effect }: Member) => ({
  clip: clip.id,
  param,
  ...(effect !== undefined && { effect }),
});

/** A keyframe at [at] with the value that the member has there, or none where there was one. */
export function toggleKeyframe(member: Member, at: Ticks, value: Value) {
  const isThere = keyframesOf(memberOf(member)).some(
    (frame) => frame.at === at,
  );
  return isThere
    ? applyEdit(
        { op: "remove-keyframe", ...keyframeOf(member), at },
        words.keyframeOff,
      )
    : applyEdit(
        { op: "set-keyframe", ...keyframeOf(member), keyframe: { at, value } },
        words.keyframe,
      );
}

/** How the value travels from [frame] to the next. */
export const setEasing = (
  member: Member,
  { at, value }: Keyframe<Value>,
  shape: Pick<Keyframe, "easing" | "curve">,
) =>
  applyEdit(
    {
      op: "set-keyframe",
      ...keyframeOf(member),
      keyframe: { at, value, ...shape },
    },
    words.easing,
  );

/** A member's default again, without keyframes. */
export const resetMembers = (clips: readonly Clip[], params: string[]) =>
  applyEdit(
    batch(
      words.reset,
      clips.map(({ id }) => ({ op: "set", clip: id, unset: params })),
    ),
    words.reset,
  );

/** New values of members that have no keyframes, of every clip of [clips]. */
export const setClipValues = (
  clips: readonly Clip[],
  values: Partial<Clip>,
  name: string = words.value,
) =>
  applyEdit(
    batch(
      name,
      clips.map(({ id }) => ({ op: "set", clip: id, values })),
    ),
    name,
  );

/** Faster or slower; what is behind it moves with it. */
export const setSpeed = (clips: readonly Clip[], speed: number) =>
  applyEdit(
    batch(
      words.speed,
      clips.map(({ id }) =>
        speed === 0
          ? { op: "set", clip: id, values: { speed } }
          : { op: "speed", clip: id, speed, ripple: false },
      ),
    ),
    words.speed,
  );

export function addEffect(clips: readonly Clip[], kind: string) {
  const edits = clips.map((clip) => {
    const taken = new Set(clip.effects?.map(({ id }) => id));
    let number = 1;
    while (taken.has(`e${number}`)) number++;
    return {
      op: "add-effect",
      clip: clip.id,
      effect: { id: `e${number}`, kind },
    };
  });
  return applyEdit(batch(words.addEffect, edits), words.addEffect);
}

export const removeEffect = (clip: string, effect: string) =>
  applyEdit({ op: "remove-effect", clip, effect }, words.removeEffect);

export const moveEffect = (clip: string, effect: string, index: number) =>
  applyEdit({ op: "move-effect", clip, effect, index }, words.moveEffect);

export const switchEffect = (clip: string, effect: string, isOff: boolean) =>
  applyEdit(
    { op: "set-effect", clip, effect, values: { off: isOff } },
    isOff ? words.effectOff : words.effectOn,
  );

/** A style with [part] in it; what is undefined in [part] goes back to its default. */
export function styleWith(
  style: TextStyle | undefined,
  part: { [K in keyof TextStyle]: TextStyle[K] | undefined },
): TextStyle {
  const all = { ...style, ...part };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  );
}

const now = (clip: Clip) => projectNow().places.get(clip.id)?.clip ?? clip;

export const setStyle = (clips: readonly Clip[], part: TextStyle) =>
  applyMade(
    () =>
      batch(
        words.style,
        clips.map((clip) => ({
          op: "set",
          clip: clip.id,
          values: { style: styleWith(now(clip).style, part) },
        })),
      ),
    words.style,
  );

/** The style of all titles or captions of a track that say nothing themselves. */
export const setTrackStyle = (track: string, part: TextStyle) =>
  applyMade(() => {
    const tracks = projectNow().project?.sequences[0]?.tracks ?? [];
    const before = tracks.find(({ id }) => id === track)?.style;
    return { op: "set", track, values: { style: styleWith(before, part) } };
  }, words.style);

export const setTitle = (title: string) =>
  applyEdit({ op: "set", values: { title } }, words.project);

/** How captions or titles look that say nothing themselves. */
export const setProjectStyle = (
  member: "caption_style" | "title_style",
  part: TextStyle,
) =>
  applyMade(() => {
    const before = projectNow().project?.[member];
    return { op: "set", values: { [member]: styleWith(before, part) } };
  }, words.project);

export const setSettings = (values: Record<string, number | string>) =>
  applyEdit({ op: "settings", values }, words.settings);

export const setMarker = (
  marker: string,
  values: Record<string, number | string>,
) => {
  const sequence = projectNow().project?.sequences[0]?.id ?? "";
  return applyEdit({ op: "set", marker, sequence, values }, words.marker);
};

export const changeTransition = (
  transition: string,
  values: Record<string, unknown>,
) => applyEdit({ op: "set", transition, values }, words.transition);

export const removeTransitionNamed = (transition: string) =>
  applyEdit({ op: "remove-transition", transition }, words.removeTransition);
