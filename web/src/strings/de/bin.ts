import { count } from "./numbers";

export const bin = {
  label: "Medien",
  import: "Importieren",
  importing: (done: number, total: number) =>
    `${done + 1} von ${total} wird importiert`,
  uploading: (done: number, total: number, percent: number) =>
    `Zum Server: ${done + 1} von ${total}, ${percent} %`,
  search: "Medien suchen",
  sort: "Reihenfolge",
  sorts: {
    added: "Wie hinzugefügt",
    name: "Name",
    kind: "Art",
    duration: "Länge",
  },
  menu: "Mehr zu den Medien",
  removeUnused: "Unbenutzte Medien entfernen",
  noneUnused: "Alle Medien werden benutzt.",
  empty:
    "Ziehe Bilder, Clips und Ton hierher. Sie bleiben mit dem Projekt in diesem Browser.",
  nothing: (text: string) => `Nichts heißt „${text}“.`,
  dropHere: "Zum Importieren loslassen",
  kinds: { video: "Video", audio: "Ton", image: "Bild", unknown: "Datei" },
  missing: "Fehlt",
  missingCount: (files: number) =>
    `${count(files, "Datei fehlt", "Dateien fehlen")}.`,
  relink: "Diese Datei suchen",
  relinkAll: "Suchen",
  used: (times: number) => `${count(times, "Mal", "Mal")} benutzt`,
  unused: "unbenutzt",
  put: "Am Abspielkopf einfügen",
  putNamed: (name: string) => `${name} am Abspielkopf einfügen`,
  more: (name: string) => `Mehr zu ${name}`,
  rename: "Umbenennen",
  remove: "Entfernen",
  nameOf: (name: string) => `Neuer Name von ${name}`,
  item: (name: string, facts: string) => `${name}, ${facts}`,
  edits: {
    import: "Medien importieren",
    rename: "Medium umbenennen",
    remove: "Medium entfernen",
    removeUnused: "Unbenutzte Medien entfernen",
    put: "In die Zeitleiste einfügen",
  },
  still: "Ein Standbild",
  notMedia: (name: string) =>
    `${name} ist nichts, was man zeigen oder hören kann.`,
  solid: "Farbe",
  title: "Titel",
  caption: "Untertitel",
  add: "Hinzufügen",
} as const;
