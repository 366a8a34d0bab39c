/** What the captions' editor says. */
export const captions = {
  label: "Captions",
  add: "Add",
  more: "More about captions",
  importFile: "Import SRT or VTT",
  exportSrt: "Export SRT",
  exportVtt: "Export VTT",
  shift: "Shift all",
  shiftBy: "Shift all captions by",
  empty:
    "No captions yet. Add one, or import an SRT or VTT file: it takes the place of what is here.",
  noCues: (name: string) =>
    `There are no captions in ${name}: it is no SRT or VTT file.`,
  from: (place: number) => `Caption ${place}: from`,
  to: (place: number) => `Caption ${place}: to`,
  text: (place: number) => `Caption ${place}`,
  go: (place: number) => `Go to caption ${place}`,
  split: (place: number) => `Split caption ${place}`,
  merge: (place: number) => `Merge caption ${place} with the next`,
  remove: (place: number) => `Remove caption ${place}`,
  speed: (perSecond: number) => `${perSecond} letters a second`,
  tooFast: "This is more than most people can read in the time.",
  edits: {
    text: "Change caption",
    times: "Change caption's times",
    split: "Split caption",
    merge: "Merge captions",
    remove: "Remove caption",
    shift: "Shift captions",
    import: "Import captions",
    add: "Add caption",
  },
} as const;
