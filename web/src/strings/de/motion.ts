import { short } from "./numbers";

export const motion = {
  heading: "Bewegung",
  empty: "Die Clips erscheinen hier, sobald es Bilder gibt.",
  scene: (position: number) => `Szene ${position}`,
  prompt: "Was sich bewegt, und wie",
  promptHint: "langsam näher, Blätter im Wind",
  model: "Bewegt von",
  byItself: "Von selbst",
  atLeast: "Länge, mindestens",
  length: (seconds: number) => `${short(seconds)} s`,
  clipOf: (length: string) => `Clip · ${length}`,
  play: "Abspielen",
  pause: "Anhalten",
  asVoice: "So lang wie die Stimme",
  lips: "Lippen folgen der Stimme",
  remake: "Neu machen",
  takes: "Bisherige Clips",
  take: (number: number) => `Clip ${number}`,
  still: "Standbild",
  clip: "Clip",
  priced: (name: string, money: string, unit: string) =>
    `${name} · ${money} je ${unit}`,
  noClip: "Das Standbild wird allein von der Kamera bewegt.",
  failed: "Der Clip ist nicht entstanden",
} as const;
