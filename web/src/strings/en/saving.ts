/** What is said of keeping a project in this browser. */
export const saving = {
  off: "Not changed",
  saving: "Saving",
  saved: "Saved in this browser",
  failed: "Not saved",
  shared: "Saved on the server",
  waiting: (edits: number) =>
    `${edits} ${edits === 1 ? "edit waits" : "edits wait"} for the server`,
  elsewhere: "Kept by another tab, which has it open too",
  keeping: (done: number, total: number) =>
    `Keeping media: ${done} of ${total}`,
  noRoom:
    "There is not enough room in this browser for the media. The edits are kept; choose the media again when you reopen the project.",
  gone: "This project is no longer in this browser.",
} as const;
