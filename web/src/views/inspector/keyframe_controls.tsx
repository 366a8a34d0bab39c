import { seekTo } from "@/actions/play";
import { setEasing, toggleKeyframe, type Member } from "@/actions/inspect";
import type { Ticks } from "@/engine/engine";
import { Choice, SmallButton } from "@/parts/controls";
import { Curve } from "@/parts/curve";
import { Popover } from "@/parts/popover";
import { CURVES } from "@/state/keyframes";
import type { Easing, Keyframe } from "@/state/project";
import { strings } from "@/strings";

const words = strings.inspector;
const EASINGS: readonly Easing[] = [
  "linear",
  "in",
  "out",
  "in-out",
  "hold",
  "bezier",
];

type Value = number | string | boolean;

function EasingPanel({
  member,
  frame,
  label,
}: {
  member: Member;
  frame: Keyframe<Value>;
  label: string;
}) {
  const easing = frame.easing ?? "linear";
  const curve =
    easing === "bezier"
      ? (frame.curve ?? CURVES.linear)
      : easing === "hold"
        ? null
        : CURVES[easing];
  return (
    <div className="flex flex-col gap-2.5">
      <Choice
        label={words.key.easing(label)}
        value={easing}
        choices={EASINGS.map((id) => ({ id, label: words.easings[id] }))}
        onSet={(next) =>
          void setEasing(
            member,
            frame,
            next === "bezier"
              ? { easing: next, curve: [...(curve ?? CURVES["in-out"])] }
              : { easing: next },
          )
        }
      />
      <Curve
        curve={curve}
        pointLabel={words.point}
        onSet={(next) =>
          void setEasing(member, frame, { easing: "bezier", curve: next })
        }
      />
    </div>
  );
}

/** A diamond that sets a keyframe here, the ways to its neighbours, and the curve from here on. */
export function KeyframeControls({
  member,
  frames,
  at,
  value,
  label,
}: {
  member: Member;
  frames: readonly Keyframe<Value>[];
  /** From the clip's start. */
  at: Ticks;
  value: Value;
  label: string;
}) {
  const before = frames.findLast((frame) => frame.at < at);
  const here = frames.find((frame) => frame.at === at);
  const behind = frames.find((frame) => frame.at > at);
  const from = here ?? before;
  const goTo = (frame: Keyframe<Value>) => seekTo(member.clip.start + frame.at);
  return (
    <span className="flex items-center">
      {frames.length > 0 && (
        <SmallButton
          icon="earlier"
          label={words.key.previous(label)}
          isDisabled={!before}
          className="w-4"
          onClick={() => before && goTo(before)}
        />
      )}
      <SmallButton
        icon={here ? "keyframeOn" : "keyframe"}
        label={here ? words.key.remove(label) : words.key.set(label)}
        className={frames.length > 0 ? "text-accent" : ""}
        onClick={() => void toggleKeyframe(member, at, value)}
      />
      {frames.length > 0 && (
        <SmallButton
          icon="later"
          label={words.key.next(label)}
          isDisabled={!behind}
          className="w-4"
          onClick={() => behind && goTo(behind)}
        />
      )}
      {from && behind && (
        <Popover
          label={words.key.easing(label)}
          className="w-52"
          trigger={
            <button
              type="button"
              aria-label={words.key.easing(label)}
              title={words.key.easing(label)}
              className="inline-grid size-6 place-items-center rounded-[0.35rem] text-faint hover:bg-hover hover:text-ink"
            >
              <svg viewBox="0 0 16 16" className="size-3.5" aria-hidden="true">
                <path
                  d="M2 14C9 14 7 2 14 2"
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="1.6"
                />
              </svg>
            </button>
          }
        >
          <EasingPanel member={member} frame={from} label={label} />
        </Popover>
      )}
    </span>
  );
}
