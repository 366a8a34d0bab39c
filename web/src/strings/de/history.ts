export const history = {
  label: "Verlauf",
  opened: "Wie geöffnet",
  undo: "Rückgängig",
  redo: "Wiederholen",
  step: (name: string, place: number) => `Zurück zu Schritt ${place}: ${name}`,
  none: "Jede Änderung steht hier und lässt sich zurücknehmen.",
} as const;
