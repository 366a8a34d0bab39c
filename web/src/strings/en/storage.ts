/** What is said of the room that projects take in this browser. */
export const storage = {
  heading: "Storage in this browser",
  close: "Close",
  line: (used: string, total: string) => `${used} of ${total} used`,
  manage: "Storage",
  adding: "Adding up what is kept",
  seconds: (seconds: number) => `${seconds} s`,
  used: (used: string, left: string) => `${used} used, ${left} free`,
  unknown: "This browser does not say how much room there is.",
  isPersisted:
    "The browser keeps this until you remove it, also when the disk gets full.",
  notPersisted:
    "When the disk gets full, the browser may remove all of this without asking.",
  persist: "Keep it for good",
  notGranted:
    "The browser did not agree yet. It does for pages that are installed or often used.",
  projects: "Projects",
  removed: "Deleted projects",
  removedWhy: "They can be restored for 30 days, and take room until then.",
  exports: "Unfinished exports",
  others: "Cutroom itself, and parts of films from servers",
  othersWhy: "Makes room by itself.",
  none: "No project is kept in this browser yet.",
  untitled: "Untitled film",
  isOpen: "open",
  remove: "Delete",
  restore: "Restore",
  erase: "Delete for good",
  discard: "Throw away",
  of: (what: string, title: string) => `${what}: ${title}`,
  sure: "There is no way back.",
  keep: "Keep it",
  done: {
    removed: (title: string) =>
      `“${title}” is deleted. It is below, and takes room until it is deleted for good.`,
    restored: (title: string) => `“${title}” is back.`,
    erased: (title: string, bytes: string) =>
      `“${title}” is gone. That made ${bytes} of room.`,
  },
  full: "There is no room left in this browser for what Cutroom keeps. Delete what you no longer need under Storage, or make room on the disk. Until then edits are in this tab only.",
} as const;
