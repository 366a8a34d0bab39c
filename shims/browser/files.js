// Files of the user's machine, "file:<number>/<name>": read where they are, never whole. A File is
// handed in by the page; it is a picture of the file at that time, and reading it after the file was
// changed is a fault, never a mix.

addToLibrary({
  $CR_FILES__deps: ["$CR_FAULT", "$CR_STATUS", "$CR_BLOCKS"],
  $CR_FILES: {
    lastNumber: 0,

    /** By uri. Made by the line after this object. @type {Map<string, Blob>} */
    all: null,

    /**
     * [name] is wanted only for a Blob, which has none.
     * @param {File | Blob} file @param {string} [name] @returns {string} the uri
     */
    add(file, name) {
      const shown = name ?? /** @type {File} */ (file).name ?? "file";
      const uri = `file:${++CR_FILES.lastNumber}/${shown.replaceAll("/", "_")}`;
      CR_FILES.all.set(uri, file);
      return uri;
    },

    /** Sources that are open go on. @param {string} uri */
    remove(uri) {
      CR_FILES.all.delete(uri);
    },

    /**
     * Files under their paths in it, as a project names them; into [folder] where one is named.
     * @param {ReadonlyMap<string, Blob>} files @param {string} [folder]
     * @returns {string} the folder's uri
     */
    addFolder(files, folder = `file:${++CR_FILES.lastNumber}`) {
      for (const [path, file] of files) CR_FILES.all.set(`${folder}/${path}`, file);
      return folder;
    },

    /** As remove, of all files in it. @param {string} folder */
    removeFolder(folder) {
      for (const uri of CR_FILES.all.keys()) {
        if (uri.startsWith(`${folder}/`)) CR_FILES.all.delete(uri);
      }
    },

    /** @param {string} uri @returns {CrSource} */
    open(uri) {
      const file = CR_FILES.all.get(uri);
      if (!file) {
        throw CR_FAULT.make(
          CR_STATUS.NOTFOUND,
          "No such file among those that the page has handed in; choose it again",
        );
      }
      return CR_FILES.source(file);
    },

    /** What a File or Blob is read by, whoever it belongs to. @param {Blob} file @returns {CrSource} */
    source(file) {
      const reader = new FileReaderSync();
      const read = CR_BLOCKS.reader(
        file.size,
        (begin, end) => new Uint8Array(reader.readAsArrayBuffer(file.slice(begin, end))),
      );
      return { size: file.size, read, close: () => {} };
    },
  },
  $CR_FILES__postset:
    "CR_FILES.all = new Map();" +
    'Module["crFiles"] = {' +
    "add: (file, name) => CR_FILES.add(file, name)," +
    "addFolder: (files, folder) => CR_FILES.addFolder(files, folder)," +
    "remove: (uri) => CR_FILES.remove(uri)," +
    "removeFolder: (folder) => CR_FILES.removeFolder(folder) };",
});
