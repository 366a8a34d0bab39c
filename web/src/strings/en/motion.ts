/** What is said of the moving pictures. */
export const motion = {
  heading: "Motion",
  empty: "The clips appear here as soon as there are pictures.",
  scene: (position: number) => `Scene ${position}`,
  prompt: "What moves, and how",
  promptHint: "slowly closer, leaves in the wind",
  model: "Moved by",
  byItself: "By itself",
  seconds: "At least, in seconds",
  asVoice: "As long as its voice",
  lips: "Lips move with the voice",
  remake: "Make the clip again",
  takes: "Clips so far",
  take: (number: number) => `Clip ${number}`,
  still: "Still",
  clip: "Clip",
  priced: (name: string, money: string, unit: string) =>
    `${name} · ${money} a ${unit}`,
  noClip: "The still is moved by the camera alone.",
  failed: "The clip was not made",
} as const;
