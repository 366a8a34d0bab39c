// The page's mirror of the open project: what film_project gives, read as docs/project-format.md says.
// Never changed in place and never changed here: edits go to the engine, and the mirror follows.
import { create } from "zustand";
import type { Ticks } from "@/engine/engine";

/** How a value travels to the next keyframe. */
export type Easing = "linear" | "hold" | "in" | "out" | "in-out" | "bezier";

/** A value at a time, from the clip's start. */
export interface Keyframe<T = number> {
  at: Ticks;
  value: T;
  easing?: Easing;
  curve?: [number, number, number, number];
}

/** A value that may change along the clip. */
export type Animated<T = number> = T | Keyframe<T>[];

export interface Marker {
  id: string;
  start: Ticks;
  name?: string;
  duration?: Ticks;
  color?: string;
}

export interface Asset {
  id: string;
  uri: string;
  name?: string;
  label?: string;
  hash?: string;
  /** 0: a still; missing: not known. */
  duration?: Ticks;
}

export interface Effect {
  id: string;
  kind: string;
  off?: boolean;
  params?: Record<string, Animated<number | string | boolean>>;
}

/** A word of a caption, from the clip's start. */
export interface Word {
  text: string;
  start: Ticks;
  duration: Ticks;
}

/** How text looks; what is missing has its default. */
export interface TextStyle {
  font?: string;
  weight?: number;
  italic?: boolean;
  size?: number;
  color?: string;
  outline_color?: string;
  shadow_color?: string;
  box_color?: string;
  highlight_color?: string;
  outline?: number;
  shadow?: number;
  box_padding?: number;
  letter_spacing?: number;
  line_spacing?: number;
  align?: "left" | "center" | "right";
  vertical?: "top" | "middle" | "bottom";
  margin?: number;
  width_max?: number;
}

export type ClipKind = "media" | "sequence" | "solid" | "title" | "caption";
export type FadeCurve = "linear" | "equal-power" | "exponential";

/** The members of a clip that may be animated numbers. */
export interface ClipParams {
  x?: Animated;
  y?: Animated;
  scale_x?: Animated;
  scale_y?: Animated;
  rotation?: Animated;
  anchor_x?: Animated;
  anchor_y?: Animated;
  crop_left?: Animated;
  crop_top?: Animated;
  crop_right?: Animated;
  crop_bottom?: Animated;
  corner_radius?: Animated;
  opacity?: Animated;
  gain?: Animated;
  pan?: Animated;
}

export interface Clip extends ClipParams {
  id: string;
  kind: ClipKind;
  start: Ticks;
  duration: Ticks;
  name?: string;
  asset?: string;
  sequence?: string;
  source_start?: Ticks;
  speed?: number;
  keep_pitch?: boolean;
  off?: boolean;
  link?: string;
  group?: string;
  text?: string;
  words?: Word[];
  style?: TextStyle;
  color?: string;
  fit?: "none" | "contain" | "cover" | "stretch";
  blend?: string;
  effects?: Effect[];
  fade_in?: Ticks;
  fade_out?: Ticks;
  fade_in_curve?: FadeCurve;
  fade_out_curve?: FadeCurve;
}

export interface Transition {
  id: string;
  kind: string;
  from?: string;
  to?: string;
  start: Ticks;
  duration: Ticks;
  params?: Record<string, number | string | boolean>;
  easing?: Exclude<Easing, "bezier">;
}

export type TrackKind = "video" | "audio" | "text";

export interface Track {
  id: string;
  kind: TrackKind;
  name?: string;
  role?: string;
  locked?: boolean;
  hidden?: boolean;
  muted?: boolean;
  solo?: boolean;
  gain?: number;
  pan?: number;
  style?: TextStyle;
  /** By start. */
  clips: Clip[];
  transitions: Transition[];
}

export interface Sequence {
  id: string;
  name?: string;
  /** Bottom to top. */
  tracks: Track[];
  markers: Marker[];
}

export interface Settings {
  width?: number;
  height?: number;
  frame_rate?: number | string;
  background?: string;
  loudness?: number;
  peak?: number;
}

export interface Project {
  title?: string;
  settings: Settings;
  caption_style?: TextStyle;
  title_style?: TextStyle;
  assets: Asset[];
  /** The first is the film. */
  sequences: Sequence[];
}

/** Where a clip lies. */
export interface Place {
  clip: Clip;
  track: Track;
}

/** The mirror. `project` is null where no film is open or its project was not read yet. */
export interface ProjectState {
  project: Project | null;
  /** Of the sequence that the timeline shows: the film's, in its track's order. */
  places: ReadonlyMap<string, Place>;
  assets: ReadonlyMap<string, Asset>;
  /** Grows with every project that is taken. */
  version: number;
}

type Raw<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;
type RawTrack = Raw<Track, "clips" | "transitions">;
type RawSequence = Omit<Sequence, "tracks" | "markers"> & {
  tracks?: RawTrack[];
  markers?: Marker[];
};
type RawProject = Omit<Project, "assets" | "sequences" | "settings"> & {
  settings?: Settings;
  assets?: Asset[];
  sequences?: RawSequence[];
};

const byStart = (one: { start: Ticks }, other: { start: Ticks }) =>
  one.start - other.start;

const trackOf = (raw: RawTrack): Track => ({
  ...raw,
  clips: [...(raw.clips ?? [])].sort(byStart),
  transitions: raw.transitions ?? [],
});

/** A project's file as the mirror holds it: lists are there even where they are empty. */
export function readProject(text: string): Project {
  const raw = JSON.parse(text) as RawProject;
  return {
    ...raw,
    settings: raw.settings ?? {},
    assets: raw.assets ?? [],
    sequences: (raw.sequences ?? []).map((sequence) => ({
      ...sequence,
      tracks: (sequence.tracks ?? []).map(trackOf),
      markers: sequence.markers ?? [],
    })),
  };
}

const NOTHING: ProjectState = {
  project: null,
  places: new Map(),
  assets: new Map(),
  version: 0,
};

/** The mirror of the open project. */
export const useProject = create<ProjectState>(() => NOTHING);

/** The mirror now. */
export const projectNow = useProject.getState;

/** The sequence that is the film; null where nothing is open. */
export const filmOf = (state: ProjectState): Sequence | null =>
  state.project?.sequences[0] ?? null;

/** Takes the text of a project, or nothing where no film is open. */
export function mirror(text: string | null): void {
  const version = projectNow().version + 1;
  if (text === null) return useProject.setState({ ...NOTHING, version });
  const project = readProject(text);
  const places = new Map<string, Place>();
  for (const track of project.sequences[0]?.tracks ?? [])
    for (const clip of track.clips) places.set(clip.id, { clip, track });
  useProject.setState({
    project,
    places,
    assets: new Map(project.assets.map((asset) => [asset.id, asset])),
    version,
  });
}

/** What a person calls a clip. */
export function clipName(clip: Clip): string {
  if (clip.name) return clip.name;
  if (clip.text) return clip.text;
  const asset = clip.asset && projectNow().assets.get(clip.asset);
  if (!asset) return "";
  return asset.name || (asset.uri.split("/").pop() ?? "");
}

/** Where a clip ends. */
export const endOf = ({ start, duration }: { start: Ticks; duration: Ticks }) =>
  start + duration;

/** How long the film is. */
export function lengthOf(project: Project): Ticks {
  let end = 0;
  for (const { clips } of project.sequences[0]?.tracks ?? []) {
    const last = clips[clips.length - 1];
    if (last) end = Math.max(end, endOf(last));
  }
  return end;
}
