export const presets = {
  label: "Gemacht für",
  names: {
    youtube: "YouTube",
    vertical: "Hochformat",
    square: "Quadrat",
    small: "Kleine Datei",
    finest: "Feinste",
    audio: "Nur Ton",
  },
  about: (bytes: string) => `etwa ${bytes}`,
  subtitles: "Untertitel daneben sichern, als SRT",
} as const;
