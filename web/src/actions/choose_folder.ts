import { openFilm } from "@/actions/open_film";
import { filesOfHandle, filesOfInput } from "@/state/folder_reading";
import type { FoundFile } from "@/state/project_files";

const hasPicker = "showDirectoryPicker" in window;

/** The last question: it stays open to a late answer until another is asked. */
let asking: HTMLInputElement | null = null;

/** Files of an input that is clicked for the user; never anything where they close it. */
function filesOfDialog(isFolder: boolean, accept = ""): Promise<FileList> {
  asking?.remove();
  const input = document.createElement("input");
  asking = input;
  input.type = "file";
  input.multiple = true;
  input.webkitdirectory = isFolder;
  input.accept = accept;
  input.hidden = true;
  document.body.append(input);
  return new Promise((resolve) => {
    input.onchange = () => {
      if (input.files) resolve(input.files);
      input.remove();
    };
    input.click();
  });
}

/** The files of a folder that the user is asked for. */
export async function askForFolder(
  onCount: (files: number) => void,
): Promise<FoundFile[]> {
  if (!hasPicker) return filesOfInput(await filesOfDialog(true), onCount);
  const folder = await window.showDirectoryPicker({ id: "cutroom" });
  return filesOfHandle(folder, onCount);
}

/** Asks for a folder, and opens it. */
export const chooseFolder = () => openFilm(askForFolder);

/** Asks for media, which become a new project, or for a project and its files. */
export const chooseMedia = () =>
  openFilm(async (onCount) =>
    filesOfInput(
      await filesOfDialog(false, "video/*,audio/*,image/*,.json,.mkv"),
      onCount,
    ),
  );

/** Media that the user is asked for. */
export const chooseFiles = async (): Promise<File[]> => [
  ...(await filesOfDialog(false, "video/*,audio/*,image/*,.mkv")),
];

/** A file of subtitles. */
export const chooseSubtitles = async (): Promise<File[]> => [
  ...(await filesOfDialog(false, ".srt,.vtt")),
];
