import { Choice, ColorField, Row, Switch } from "@/parts/controls";
import { NumberField } from "@/parts/number_field";
import type { ParamSpec } from "@/state/catalogue";
import { strings } from "@/strings";
import type { ReactNode } from "react";

const words = strings.inspector;

type Value = number | string | boolean;

const capital = (text: string) =>
  text.replace(/-/g, " ").replace(/^./, (first) => first.toUpperCase());

/** About a hundred steps from one end to the other. */
function stepOf(min: number, max: number): number {
  const span = max - min;
  return span <= 2 ? 0.01 : span <= 20 ? 0.1 : 1;
}

function Control({
  spec,
  value,
  onTry,
  onSet,
}: {
  spec: ParamSpec;
  value: Value;
  onTry?: ((value: Value) => void) | undefined;
  onSet: (value: Value) => void;
}) {
  if (spec.type === "bool")
    return <Switch label={spec.label} isOn={value === true} onSet={onSet} />;
  if (spec.type === "choice")
    return (
      <Choice
        label={spec.label}
        value={String(value)}
        choices={spec.choices.map((id) => ({ id, label: capital(id) }))}
        onSet={onSet}
      />
    );
  if (spec.type === "color")
    return (
      <ColorField
        label={spec.label}
        opacityLabel={words.opacityOf(spec.label)}
        value={String(value)}
        {...(onTry && { onTry })}
        onSet={onSet}
      />
    );
  return (
    <NumberField
      label={spec.label}
      value={Number(value)}
      unit={spec.unit}
      min={spec.min}
      max={spec.max}
      step={stepOf(spec.min, spec.max)}
      className="flex-1"
      {...(onTry && { onTry })}
      onSet={onSet}
    />
  );
}

/** A parameter of an effect or a transition, by what the core says of it. */
export function ParamRow({
  end,
  ...rest
}: Parameters<typeof Control>[0] & { end?: ReactNode }) {
  return (
    <Row label={rest.spec.label} end={end}>
      <Control {...rest} />
    </Row>
  );
}
