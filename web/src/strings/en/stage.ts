/** What the stage says. */
export const stage = {
  label: "Picture",
  waiting: "Decoding",
  fullscreen: "Full screen",
  leaveFullscreen: "Leave full screen",
  tools: "View",
  zoom: "Zoom",
  zooms: { fit: "Fit", 0.5: "50 %", 1: "100 %", 2: "200 %" },
  guides: "Safe areas",
  crop: "Crop on the picture",
  box: (name: string) =>
    `${name || "Clip"}: arrow keys move it, with Shift by ten; Enter edits a title's text`,
  rotate: "Turn",
  text: "Text of the title",
  place: "Move on the picture",
} as const;
