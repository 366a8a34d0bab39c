export const editor = {
  panels: "Bereiche",
  leftSize: "Breite des linken Bereichs",
  rightSize: "Breite des Inspektors",
  bottomSize: "Höhe der Zeitleiste",
  tabs: {
    media: "Medien",
    captions: "Untertitel",
    history: "Verlauf",
    inspector: "Inspektor",
    timeline: "Zeitleiste",
  },
} as const;
