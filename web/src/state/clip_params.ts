// The animated members of a clip: their bounds, defaults, and how a person reads them.
import type { ClipParams } from "@/state/project";

/** How a number is shown and changed: what is shown is the file's value times [scale]. */
export interface NumberSpec {
  min: number;
  max: number;
  otherwise: number;
  unit: string;
  step: number;
  digits: number;
  scale: number;
}

export type ParamName = keyof ClipParams;

const px = (otherwise = 0): NumberSpec => ({
  min: -1_000_000,
  max: 1_000_000,
  otherwise,
  unit: "px",
  step: 1,
  digits: 1,
  scale: 1,
});

const percent = (min: number, max: number, otherwise: number): NumberSpec => ({
  min,
  max,
  otherwise,
  unit: "%",
  step: 1,
  digits: 1,
  scale: 100,
});

export const PARAMS: Record<ParamName, NumberSpec> = {
  x: px(),
  y: px(),
  scale_x: percent(-1000, 1000, 1),
  scale_y: percent(-1000, 1000, 1),
  rotation: { ...px(), unit: "°" },
  anchor_x: px(),
  anchor_y: px(),
  crop_left: percent(0, 1, 0),
  crop_top: percent(0, 1, 0),
  crop_right: percent(0, 1, 0),
  crop_bottom: percent(0, 1, 0),
  corner_radius: { ...px(), min: 0, max: 100_000 },
  opacity: percent(0, 1, 1),
  gain: {
    min: -144,
    max: 24,
    otherwise: 0,
    unit: "dB",
    step: 0.5,
    digits: 1,
    scale: 1,
  },
  pan: percent(-1, 1, 0),
};
