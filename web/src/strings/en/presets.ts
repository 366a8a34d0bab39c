/** What people export for. */
export const presets = {
  label: "Made for",
  names: {
    youtube: "YouTube",
    vertical: "Vertical",
    square: "Square",
    small: "Small file",
    finest: "Finest",
    audio: "Sound only",
  },
  about: (bytes: string) => `about ${bytes}`,
  subtitles: "Save the captions beside it, as SRT",
} as const;
