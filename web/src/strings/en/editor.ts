/** What the editor's frame says. */
export const editor = {
  panels: "Panels",
  leftSize: "Width of the left panel",
  rightSize: "Width of the inspector",
  bottomSize: "Height of the timeline",
  tabs: {
    media: "Media",
    captions: "Captions",
    history: "History",
    inspector: "Inspector",
    timeline: "Timeline",
  },
} as const;
