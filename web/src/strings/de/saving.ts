export const saving = {
  off: "Unverändert",
  saving: "Wird gesichert",
  saved: "In diesem Browser gesichert",
  failed: "Nicht gesichert",
  shared: "Auf dem Server gesichert",
  waiting: (edits: number) =>
    edits === 1
      ? "1 Änderung wartet auf den Server"
      : `${edits} Änderungen warten auf den Server`,
  elsewhere: "Ein anderer Tab hat es auch offen und sichert es",
  keeping: (done: number, total: number) =>
    `Medien werden behalten: ${done} von ${total}`,
  noRoom:
    "In diesem Browser ist nicht genug Platz für die Medien. Die Änderungen sind gesichert; wähle die Medien neu, wenn du das Projekt wieder öffnest.",
  gone: "Dieses Projekt ist nicht mehr in diesem Browser.",
} as const;
