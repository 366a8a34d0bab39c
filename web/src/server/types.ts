/**
 * What `cutroom serve` and the page say to each other: docs/api/openapi.json as types. An optional
 * member that is not there yet is absent, never null, so that a merge patch (RFC 7396) can remove
 * it. Times are milliseconds since 1970, lengths are seconds, money is US dollars.
 */

export type Phase =
  "plan" | "script" | "storyboard" | "sound" | "motion" | "edit";

export type FilmStatus =
  "asking" | "working" | "waiting" | "failed" | "cancelled" | "done";

export type UnitState = "waiting" | "running" | "done" | "failed" | "cancelled";

export interface ServerInfo {
  version: string;
  features: {
    studio: boolean;
    live: boolean;
    uploads: boolean;
    accounts: boolean;
  };
  providers: ProviderInfo[];
}

export interface ProviderInfo {
  phase: Phase;
  kind: string;
  id: string;
  name: string;
  isBuiltin: boolean;
}

/** A film in the list of all films. */
export interface FilmCard {
  id: string;
  title: string;
  created: number;
  changed: number;
  phase: Phase;
  status: FilmStatus;
  percent: number;
  poster?: string;
  seconds: number;
  isFinished: boolean;
}

export interface Brief {
  prompt: string;
  seconds: number;
  aspect: string;
  style: string;
  tone: string;
  audience: string;
  voice: string;
}

/** What a new film is made from; `asks: false` goes on without questions, `approves: true` waits
 * for an approval of the storyboard before anything moves. */
export interface NewFilm extends Partial<Brief> {
  prompt: string;
  script?: string;
  width?: number;
  height?: number;
  asks?: boolean;
  approves?: boolean;
}

export interface Question {
  id: string;
  text: string;
  why: string;
  choices: { value: string; label: string }[];
  /** What is taken when nothing is answered. */
  fallback: string;
  answer?: string;
}

export interface PhaseProgress {
  done: number;
  total: number;
  failed: number;
  active: number;
  percent: number;
}

/** One thing that was, or is to be, made; `unit` is its name in `units`. */
export interface Made {
  state: UnitState;
  unit: string;
  url?: string;
  seconds?: number;
}

export interface Picture extends Made {
  alt?: string;
  /** What was understood of the last note. */
  understood?: string;
  variants: { variant: number; url: string; isChosen: boolean }[];
}

export interface Voice extends Made {
  words?: { text: string; start: number; end: number }[];
}

export interface Scene {
  number: number;
  heading: string;
  narration: string;
  visual: string;
  shot: string;
  onScreen: string;
  isPresenter: boolean;
  note?: string;
  seconds?: number;
  picture?: Picture;
  voice?: Voice;
  clip?: Made;
}

export interface Unit {
  kind: string;
  scene: number;
  phase: Phase;
  state: UnitState;
  percent?: number;
  provider?: string;
  cost: number;
  since?: number;
  attempts: number;
  fault?: { message: string; class: string };
}

/** A film as it stands. */
export interface FilmState {
  id: string;
  title: string;
  created: number;
  changed: number;
  phase: Phase;
  status: FilmStatus;
  percent: number;
  fault?: { message: string; unit: string };
  brief?: Brief;
  questions?: Question[];
  phases: Partial<Record<Phase, PhaseProgress>>;
  scenes: Record<string, Scene>;
  music?: Made & { mood?: string };
  units: Record<string, Unit>;
  ledger: { currency: "USD"; spent: number };
  film?: { project: string; changed: number };
}

export interface ServerFault {
  error: { code: string; message: string; place: string };
}

export interface SceneEdit {
  narration?: string;
  visual?: string;
  shot?: string;
  onScreen?: string;
}

/** What a page says on /api/live. */
export type LiveRequest =
  | { type: "subscribe"; film: string; since?: number }
  | { type: "subscribe"; films: true; since?: number }
  | { type: "unsubscribe"; film: string }
  | { type: "unsubscribe"; films: true };

/** What the server says there; of one film the sequence numbers of patches have no gap. */
export type LiveMessage =
  | { type: "snapshot"; film: string; seq: number; state: FilmState }
  | { type: "patch"; film: string; seq: number; patch: Record<string, unknown> }
  | { type: "current"; film: string; seq: number }
  | { type: "gone"; film: string }
  | { type: "films"; seq: number; films: FilmCard[] }
  | { type: "refused"; reason: string };
