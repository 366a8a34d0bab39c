import {
  changeTransition,
  removeTransitionNamed,
  setMarker,
} from "@/actions/inspect";
import { TICKS_PER_SECOND } from "@/engine/engine";
import { Button } from "@/parts/button";
import { Choice, ColorField, Row } from "@/parts/controls";
import { TextInput } from "@/parts/field";
import { NumberField } from "@/parts/number_field";
import { Section } from "@/parts/section";
import { transitionKind, TRANSITIONS } from "@/state/catalogue";
import type { Marker, Transition } from "@/state/project";
import { strings } from "@/strings";
import { ParamRow } from "./param_rows";

const words = strings.inspector;
const { rows } = words;

const KINDS = TRANSITIONS.map(({ id, label }) => ({ id, label }));
const EASINGS = (["linear", "in", "out", "in-out"] as const).map((id) => ({
  id,
  label: words.easings[id],
}));

/** A transition: what it is, how long, and its parameters. */
export function TransitionPanel({ transition }: { transition: Transition }) {
  const { id, kind, duration, start, from, to } = transition;
  const set = (values: Record<string, unknown>) =>
    void changeTransition(id, values);
  const setLength = (seconds: number) => {
    const next = Math.max(1, Math.round(seconds * TICKS_PER_SECOND));
    // Over a cut it grows to both sides; at an edge it stays at the edge.
    const moved =
      from && to
        ? Math.round((duration - next) / 2)
        : from
          ? duration - next
          : 0;
    set({ duration: next, start: start + moved });
  };
  return (
    <>
      <Section title={words.transition}>
        <Row label={rows.kind}>
          <Choice
            label={rows.kind}
            value={kind}
            choices={KINDS}
            onSet={(next) => set({ kind: next, params: {} })}
          />
        </Row>
        <Row label={rows.length}>
          <NumberField
            label={rows.length}
            value={duration / TICKS_PER_SECOND}
            unit="s"
            min={0.02}
            max={60}
            step={0.1}
            className="flex-1"
            onSet={setLength}
          />
        </Row>
        <Row label={rows.easing}>
          <Choice
            label={rows.easing}
            value={
              (transition.easing ?? "linear") as (typeof EASINGS)[number]["id"]
            }
            choices={EASINGS}
            onSet={(easing) => set({ easing })}
          />
        </Row>
        {transitionKind(kind)?.params.map((spec) => (
          <ParamRow
            key={spec.id}
            spec={spec}
            value={transition.params?.[spec.id] ?? spec.default}
            onSet={(value) =>
              set({ params: { ...transition.params, [spec.id]: value } })
            }
          />
        ))}
      </Section>
      <div className="p-3">
        <Button
          look="plain"
          icon="trash"
          onClick={() => void removeTransitionNamed(id)}
        >
          {words.remove}
        </Button>
      </div>
    </>
  );
}

/** A marker. */
export function MarkerPanel({ marker }: { marker: Marker }) {
  const { id, name = "", color = "#f5a623ff", start } = marker;
  return (
    <Section title={words.marker}>
      <Row label={rows.name}>
        <TextInput
          key={id + name}
          aria-label={rows.name}
          defaultValue={name}
          className="h-7.5! text-[0.8125rem]"
          onBlur={(event) => {
            if (event.target.value !== name)
              void setMarker(id, { name: event.target.value });
          }}
        />
      </Row>
      <Row label={rows.color}>
        <div className="min-w-0 flex-1">
          <ColorField
            label={rows.color}
            opacityLabel={words.opacityOf(words.marker)}
            value={color}
            onSet={(next) => void setMarker(id, { color: next })}
          />
        </div>
      </Row>
      <Row label={rows.start}>
        <NumberField
          label={rows.start}
          value={start / TICKS_PER_SECOND}
          unit="s"
          min={0}
          step={0.1}
          className="flex-1"
          onSet={(seconds) =>
            void setMarker(id, {
              start: Math.round(seconds * TICKS_PER_SECOND),
            })
          }
        />
      </Row>
    </Section>
  );
}
