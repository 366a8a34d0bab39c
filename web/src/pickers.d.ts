// What Chromium has and TypeScript's own library does not describe yet.
interface Window {
  showDirectoryPicker(options?: {
    id?: string;
  }): Promise<FileSystemDirectoryHandle>;
  showSaveFilePicker(options?: {
    suggestedName?: string;
    types?: { accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}
