// What a choice of files is: a project with its media, or media alone.
import { strings } from "@/strings";

/** A file with its path below what was chosen; just its name where a browser gives no more. */
export interface FoundFile {
  path: string;
  file: File;
}

/** More than this is not a project's folder but somebody's whole disk. */
export const FILES_MAX = 20_000;

/** Names that a sentence lists before it says how many more there are. */
const NAMES_MAX = 4;

const PROJECT = "project.json";
const MEDIA =
  /\.(mp4|m4v|mov|webm|mkv|avi|ts|mts|mpg|mpeg|wav|mp3|m4a|aac|flac|ogg|opus|png|jpe?g|webp|gif|bmp|svg)$/i;

export type Choice =
  | { kind: "project"; project: string; files: Map<string, File> }
  | { kind: "media"; files: File[] };

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const depthOf = (path: string) => path.split("/").length;

/** [path] seen from [folder], with its . and .. taken out. */
function joined(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The files that a project names. What cannot be read is left for the engine to refuse in its words. */
function urisOf(project: string): string[] {
  try {
    const parsed: unknown = JSON.parse(project);
    const assets =
      typeof parsed === "object" && parsed !== null && "assets" in parsed
        ? parsed.assets
        : [];
    return (Array.isArray(assets) ? assets : []).flatMap((asset: unknown) =>
      typeof asset === "object" &&
      asset !== null &&
      "uri" in asset &&
      typeof asset.uri === "string"
        ? [asset.uri]
        : [],
    );
  } catch {
    return [];
  }
}

/** The media of a project by the names it has for them: where it says, else anywhere by file name. */
export function mediaOf(
  project: string,
  folder: string,
  found: readonly FoundFile[],
): Map<string, File> {
  const byPath = new Map(found.map(({ path, file }) => [path, file]));
  const byName = new Map(found.map(({ path, file }) => [nameOf(path), file]));
  const files = new Map<string, File>();
  for (const uri of urisOf(project)) {
    const file = byPath.get(joined(folder, uri)) ?? byName.get(nameOf(uri));
    if (file) files.set(uri, file);
  }
  return files;
}

function namesOf(found: readonly FoundFile[]): string {
  const names = found.slice(0, NAMES_MAX).map(({ path }) => nameOf(path));
  const left = found.length - names.length;
  return left > 0
    ? strings.reading.more(names.join(", "), left)
    : names.join(", ");
}

/** The projects nearest to the top. */
function projectsOf(found: readonly FoundFile[]): FoundFile[] {
  const named = found.filter(({ path }) => nameOf(path) === PROJECT);
  const projects =
    named.length > 0 || found.length > 1
      ? named
      : found.filter(({ path }) => path.toLowerCase().endsWith(".json"));
  const depth = Math.min(...projects.map(({ path }) => depthOf(path)));
  return projects.filter(({ path }) => depthOf(path) === depth);
}

/** What the user chose; rejects with a sentence where it is nothing that can be opened. */
export async function understand(found: readonly FoundFile[]): Promise<Choice> {
  const projects = projectsOf(found);
  const [project] = projects;
  if (projects.length > 1)
    throw new Error(
      strings.reading.several(
        projects.map(({ path }) => folderOf(path) || path).join(", "),
      ),
    );
  if (project) {
    const text = await project.file.text();
    const files = mediaOf(text, folderOf(project.path), found);
    return { kind: "project", project: text, files };
  }
  const media = found.filter(
    ({ path, file }) =>
      MEDIA.test(path) || /^(video|audio|image)\//.test(file.type),
  );
  if (media.length === 0)
    throw new Error(
      found.length === 0
        ? strings.reading.empty
        : strings.reading.nothing(namesOf(found)),
    );
  return { kind: "media", files: media.map(({ file }) => file) };
}
