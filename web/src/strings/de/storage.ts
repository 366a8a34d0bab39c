export const storage = {
  heading: "Speicher in diesem Browser",
  close: "Schließen",
  line: (used: string, total: string) => `${used} von ${total} belegt`,
  manage: "Speicher",
  adding: "Zählt zusammen, was behalten wird",
  seconds: (seconds: number) => `${seconds} s`,
  used: (used: string, left: string) => `${used} belegt, ${left} frei`,
  unknown: "Dieser Browser sagt nicht, wie viel Platz es gibt.",
  isPersisted:
    "Der Browser behält das, bis du es löschst, auch wenn die Festplatte voll wird.",
  notPersisted:
    "Wird die Festplatte voll, darf der Browser das alles löschen, ohne zu fragen.",
  persist: "Dauerhaft behalten",
  notGranted:
    "Der Browser hat noch nicht zugestimmt. Er tut es bei Seiten, die installiert sind oder oft benutzt werden.",
  projects: "Projekte",
  removed: "Gelöschte Projekte",
  removedWhy:
    "Sie lassen sich 30 Tage lang zurückholen und brauchen bis dahin Platz.",
  exports: "Unfertige Exporte",
  others: "Cutroom selbst und Teile von Filmen auf Servern",
  othersWhy: "Schafft von selbst Platz.",
  none: "In diesem Browser ist noch kein Projekt.",
  untitled: "Film ohne Titel",
  isOpen: "geöffnet",
  remove: "Löschen",
  restore: "Zurückholen",
  erase: "Endgültig löschen",
  discard: "Wegwerfen",
  of: (what: string, title: string) => `${what}: ${title}`,
  sure: "Das lässt sich nicht rückgängig machen.",
  keep: "Behalten",
  done: {
    removed: (title: string) =>
      `„${title}“ ist gelöscht. Es steht unten und braucht Platz, bis es endgültig gelöscht ist.`,
    restored: (title: string) => `„${title}“ ist wieder da.`,
    erased: (title: string, bytes: string) =>
      `„${title}“ ist weg. Das hat ${bytes} Platz geschaffen.`,
  },
  full: "In diesem Browser ist kein Platz mehr für das, was Cutroom behält. Lösche unter „Speicher“, was du nicht mehr brauchst, oder schaffe Platz auf der Festplatte. Bis dahin sind Änderungen nur in diesem Tab.",
} as const;
