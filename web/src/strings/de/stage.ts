export const stage = {
  label: "Bild",
  waiting: "Wird dekodiert",
  fullscreen: "Vollbild",
  leaveFullscreen: "Vollbild verlassen",
  tools: "Ansicht",
  zoom: "Zoom",
  zooms: { fit: "Einpassen", 0.5: "50 %", 1: "100 %", 2: "200 %" },
  guides: "Sichere Bereiche",
  crop: "Im Bild beschneiden",
  box: (name: string) =>
    `${name || "Clip"}: Pfeiltasten bewegen ihn, mit Umschalt um zehn; Eingabe bearbeitet den Text eines Titels`,
  rotate: "Drehen",
  text: "Text des Titels",
  place: "Im Bild bewegen",
} as const;
