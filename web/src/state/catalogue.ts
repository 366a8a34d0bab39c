// The effects and transitions that the core has, as its own files describe them.

export type ParamSpec = {
  id: string;
  label: string;
  unit: string;
  animatable: boolean;
} & (
  | { type: "number"; min: number; max: number; default: number }
  | { type: "color"; default: string }
  | { type: "bool"; default: boolean }
  | { type: "choice"; choices: readonly string[]; default: string }
);

/** A kind of effect or of transition. */
export interface Kind {
  id: string;
  label: string;
  params: readonly ParamSpec[];
}

const kindsOf = (files: Record<string, Kind>): readonly Kind[] =>
  Object.values(files).sort((one, other) =>
    one.label.localeCompare(other.label),
  );

export const EFFECTS = kindsOf(
  import.meta.glob<Kind>("../../../core/compositor/effect_*.json", {
    eager: true,
    import: "default",
  }),
);

export const TRANSITIONS = kindsOf(
  import.meta.glob<Kind>("../../../core/compositor/transition_*.json", {
    eager: true,
    import: "default",
  }),
);

export const effectKind = (id: string) =>
  EFFECTS.find((kind) => kind.id === id);

export const transitionKind = (id: string) =>
  TRANSITIONS.find((kind) => kind.id === id);
