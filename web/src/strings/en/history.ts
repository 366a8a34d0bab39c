/** What the history says. */
export const history = {
  label: "History",
  opened: "As it was opened",
  undo: "Undo",
  redo: "Redo",
  step: (name: string, place: number) => `Back to step ${place}: ${name}`,
  none: "Every edit is listed here, and can be taken back.",
} as const;
