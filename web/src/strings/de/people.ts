export const people = {
  refused: (name: string, why: string) =>
    `„${name}“ konnte nicht behalten werden: ${why}. Jemand anderes hat diesen Teil des Films geändert.`,
  long: "das ist zu viel für eine Änderung",
  gone: "Diesen Film gibt es auf dem Server nicht mehr, oder er ist nicht mehr mit dir geteilt. Was du zuletzt geändert hast, ist dort nicht gesichert.",
  silent: "Der Server sagt nicht, was das für ein Film ist.",
  here: (names: string) => `Auch hier: ${names}`,
  somebody: "ein anderes Fenster",
} as const;
