const count = (value: number, one: string, many: string) =>
  `${value.toLocaleString("en")} ${value === 1 ? one : many}`;

/** What the media bin says. */
export const bin = {
  label: "Media",
  import: "Import",
  importing: (done: number, total: number) =>
    `Importing ${done + 1} of ${total}`,
  uploading: (done: number, total: number, percent: number) =>
    `To the server: ${done + 1} of ${total}, ${percent} %`,
  search: "Search media",
  sort: "Order",
  sorts: {
    added: "As added",
    name: "Name",
    kind: "Kind",
    duration: "Length",
  },
  menu: "More about media",
  removeUnused: "Remove unused media",
  noneUnused: "All media are used.",
  empty:
    "Drop pictures, clips and sound here. They are kept in this browser, with the project.",
  nothing: (text: string) => `Nothing is called “${text}”.`,
  dropHere: "Drop to import",
  kinds: { video: "Video", audio: "Sound", image: "Picture", unknown: "File" },
  missing: "Missing",
  missingCount: (files: number) =>
    `${count(files, "file is", "files are")} missing.`,
  relink: "Find this file",
  relinkAll: "Find them",
  used: (times: number) => `used ${count(times, "time", "times")}`,
  unused: "not used",
  put: "Add at the playhead",
  putNamed: (name: string) => `Add ${name} at the playhead`,
  more: (name: string) => `More about ${name}`,
  rename: "Rename",
  remove: "Remove",
  nameOf: (name: string) => `New name of ${name}`,
  item: (name: string, facts: string) => `${name}, ${facts}`,
  edits: {
    import: "Import media",
    rename: "Rename media",
    remove: "Remove media",
    removeUnused: "Remove unused media",
    put: "Add to timeline",
  },
  still: "A still",
  notMedia: (name: string) => `${name} is nothing that can be shown or heard.`,
  solid: "Colour",
  title: "Title",
  caption: "Caption",
  add: "Add",
} as const;
