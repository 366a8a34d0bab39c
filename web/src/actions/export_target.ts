import type { ExportTarget, ExportWishes } from "@/engine/engine";
import { extensionOf } from "@/state/export_form";
import { now } from "@/state/session";

const TYPES: Record<ExportWishes["format"], string> = {
  mp4: "video/mp4",
  webm: "video/webm",
  wav: "audio/wav",
  m4a: "audio/mp4",
  webp: "image/webp",
  png: "application/zip",
};

/** Asks where to save, where that can be asked, else it becomes a download. Needs a user's gesture. */
export async function askForTarget(
  name: string,
  format: ExportWishes["format"],
): Promise<ExportTarget> {
  if (!now().engine?.abilities.savePicker) return { kind: "file", name };
  const handle = await window.showSaveFilePicker({
    suggestedName: name,
    types: [{ accept: { [TYPES[format]]: [`.${extensionOf(format)}`] } }],
  });
  return { kind: "handle", handle };
}
