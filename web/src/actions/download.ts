/** How long an address stays good after it was clicked: the browser reads it while it saves. */
const ADDRESS_MS = 10 * 60 * 1000;

/** Hands a file to the browser's downloads. */
export function download(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_MS);
}
