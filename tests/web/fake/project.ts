// A project as the page shows it, read without any care.
import {
  EngineError,
  type ClipInfo,
  type FilmInfo,
  type TrackInfo,
} from "@/engine/engine";

interface Project {
  title?: string;
  settings?: { width?: number; height?: number; frame_rate?: number | string };
  assets?: { id: string; uri: string; name?: string }[];
  sequences?: {
    tracks: {
      id: string;
      kind: TrackInfo["kind"];
      name?: string;
      clips?: {
        id: string;
        kind: ClipInfo["kind"];
        asset?: string;
        text?: string;
        start: number;
        duration: number;
      }[];
    }[];
  }[];
}

function parsed(text: string): Project {
  try {
    return JSON.parse(text) as Project;
  } catch {
    throw new EngineError(
      "CORRUPT",
      "project.json: byte 12",
      "This project file ends in the middle.",
    );
  }
}

function rateOf(rate: number | string = 30) {
  const [num = 30, den = 1] = String(rate).split("/").map(Number);
  return { num, den };
}

export function infoOf(
  text: string,
  files: ReadonlyMap<string, File>,
): FilmInfo {
  const { title = "", settings, assets = [], sequences = [] } = parsed(text);
  const nameOf = (id: string | undefined) =>
    assets.find((asset) => asset.id === id)?.name ?? "";
  const tracks: TrackInfo[] = (sequences[0]?.tracks ?? []).map((track) => ({
    id: track.id,
    kind: track.kind,
    name: track.name ?? "",
    clips: (track.clips ?? []).map((clip) => ({
      id: clip.id,
      kind: clip.kind,
      name: clip.text ?? nameOf(clip.asset),
      range: { start: clip.start, duration: clip.duration },
    })),
  }));
  const ends = tracks.flatMap((track) =>
    track.clips.map(({ range }) => range.start + range.duration),
  );
  return {
    title,
    width: settings?.width ?? 1920,
    height: settings?.height ?? 1080,
    rate: rateOf(settings?.frame_rate),
    duration: Math.max(0, ...ends),
    tracks,
    missing: assets
      .filter(({ uri }) => !files.has(uri))
      .map(({ uri }) => ({ uri, reason: "no file of this name was given" })),
    canUndo: null,
    canRedo: null,
  };
}
