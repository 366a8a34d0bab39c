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
  model?: string;
  service?: string;
  /** What is taken when nothing is chosen. */
  isDefault?: boolean;
  /** US dollars for one `unit`: second, image, character, piece, token. Absent: nothing. */
  price?: { unit: string; usd: number };
  can?: {
    /** The longest result. */
    seconds?: number;
    /** The lengths that it makes, in seconds. */
    lengths?: number[];
    aspects?: string[];
    /** The longest text. */
    characters?: number;
    /** It changes a picture that is there by a note. */
    notes?: boolean;
    /** Lips move with the voice. */
    lips?: boolean;
    /** The names of its voices. */
    voices?: string[];
  };
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
  /** What it may cost in all; absent: ten. */
  cap?: number;
  /** Who makes what, as in PATCH …/models. */
  models?: Models;
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

/** A result that was made before; choosing it again costs nothing. */
export interface Variant {
  variant: number;
  url: string;
  isChosen: boolean;
  seconds?: number;
  /** Who made it. */
  provider?: string;
}

export interface Picture extends Made {
  alt?: string;
  /** What was understood of the last note. */
  understood?: string;
  variants: Variant[];
}

export interface Voice extends Made {
  words?: { text: string; start: number; end: number }[];
  /** Recordings of the same words. */
  variants?: Variant[];
}

export interface Clip extends Made {
  /** How the camera moves. */
  move?: string;
  variants?: Variant[];
}

export interface Music extends Made {
  mood?: string;
  variants?: (Variant & { mood?: string })[];
}

export interface Scene {
  /** Names the scene for good, also when others come, go or change places; not its place. */
  number: number;
  /** From 1, in the order in which the scenes play. */
  position: number;
  isApproved: boolean;
  heading: string;
  narration: string;
  visual: string;
  shot: string;
  onScreen: string;
  isPresenter: boolean;
  note?: string;
  seconds?: number;
  /** Who speaks this scene, when it is not the film's voice. */
  speaker?: string;
  /** Words of the narration and how they are spoken. */
  pronunciation?: Record<string, string>;
  motionPrompt?: string;
  wishedSeconds?: number;
  /** By kind: ids of the providers chosen for this scene. */
  models?: Record<string, string>;
  picture?: Picture;
  voice?: Voice;
  clip?: Clip;
}

export interface Unit {
  kind: string;
  scene: number;
  phase: Phase;
  state: UnitState;
  percent?: number;
  provider?: string;
  providerId?: string;
  cost: number;
  since?: number;
  attempts: number;
  fault?: { message: string; class: string };
}

/** Something failed and cannot go on without an answer: see `Decided`. */
export interface Decision {
  unit: string;
  scene?: number;
  /** What happened and what is asked. */
  text: string;
  /** `value`: "retry", or the id of another provider; `cost`: about. */
  choices: { value: string; label: string; cost: number }[];
}

/** Decibels more or less than mixed by itself. */
export interface Levels {
  voice: number;
  music: number;
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
  music?: Music;
  levels?: Levels;
  /** By kind: ids of the providers chosen for the film. */
  models?: Record<string, string>;
  decisions?: Decision[];
  /** Scenes that were deleted and can be restored, by number. */
  removed?: Record<string, RemovedScene>;
  /** The storyboard is to be approved before anything moves. */
  isHeld?: boolean;
  units: Record<string, Unit>;
  ledger: { currency: "USD"; spent: number; cap?: number; reserved?: number };
  film?: { project: string; changed: number };
}

export interface RemovedScene {
  number: number;
  heading: string;
  narration: string;
  visual: string;
  poster?: string;
}

/** GET /api/films/{id}/ledger: every paid call, the oldest first. */
export interface Ledger {
  currency: "USD";
  cap: number;
  spent: number;
  reserved: number;
  lines: LedgerLine[];
}

export interface LedgerLine {
  id: number;
  unit: string;
  scene: number;
  provider: string;
  model: string;
  state: "intended" | "accepted" | "bought" | "free" | "lost";
  reserved: number;
  cost: number;
  created: number;
  changed: number;
  note?: string;
  externalId?: string;
}

/** GET /api/films/{id}/estimate: what is left to be made, and what it will cost. */
export interface Estimate {
  currency: "USD";
  cost: number;
  /** What the cap leaves. */
  left: number;
  cap: number;
  spent: number;
  reserved: number;
  phases: Partial<Record<Phase, { cost: number; lines: EstimateLine[] }>>;
}

export interface EstimateLine {
  kind: string;
  provider: string;
  name: string;
  /** Things still to be made. */
  units: number;
  cost: number;
  /** Some of it is not known yet: scenes are not written, lengths not spoken. */
  isRough?: boolean;
}

/** POST /api/assets/{key}/link. */
export interface AssetLinkWish {
  /** An hour when absent, at most a week. */
  seconds?: number;
  /** It is saved, not shown. */
  download?: boolean;
}

export interface AssetLink {
  /** Below the server's own; needs no session. */
  address: string;
  /** Its last second, since 1970. */
  expires: number;
}

export interface ServerFault {
  error: { code: string; message: string; place: string };
}

/** PATCH /api/films/{id}. */
export interface FilmPatch {
  /** Empty: the script's own. */
  title?: string;
  /** What the film may cost in all. */
  cap?: number;
}

/** PATCH …/scenes/{number}. */
export interface SceneEdit {
  heading?: string;
  narration?: string;
  visual?: string;
  shot?: string;
  onScreen?: string;
  isPresenter?: boolean;
}

/** POST …/scenes: narration or visual is needed; the new scene has the highest number. */
export interface NewScene extends SceneEdit {
  /** The number of the scene before it; 0: at the beginning; absent: at the end. */
  after?: number;
}

/** POST …/scenes/order: the numbers of all scenes, once each. Nothing is made anew. */
export interface SceneOrder {
  order: number[];
}

/** POST …/scenes/{number}/split: two scenes that share the picture. */
export interface Split {
  /** Where in the narration the second begins, as a text field's `selectionStart`. */
  at: number;
  /** What the second one shows; absent: the same picture. */
  visual?: string;
}

/** POST …/scenes/{number}/picture; PUT takes a `VariantPick`, as do voice and motion. */
export interface PictureWish {
  note?: string;
  another?: boolean;
  model?: string;
}

export interface VariantPick {
  variant: number;
}

/** POST …/scenes/{number}/voice; an empty body records the line once more. */
export interface VoiceWish {
  narration?: string;
  /** Words of the narration and how they are spoken; {} says all as written. */
  pronunciation?: Record<string, string>;
  /** Who speaks this scene; empty: the film's voice. */
  voice?: string;
  model?: string;
  another?: boolean;
}

/** POST …/scenes/{number}/motion; an empty body makes the clip once more. */
export interface MotionWish {
  /** What moves and how; empty: by itself. */
  prompt?: string;
  /** How long the scene is to be at least; 0: as its voice needs. */
  seconds?: number;
  model?: string;
  isPresenter?: boolean;
  another?: boolean;
}

/** PATCH …/sound. */
export interface SoundWish {
  voice?: string;
  music?: {
    mood?: string;
    another?: boolean;
    variant?: number;
    model?: string;
  };
  levels?: Partial<Levels>;
}

/** POST …/approve. */
export interface Approval {
  phase?: "storyboard";
  /** Of this scene alone; absent: of all. */
  scene?: number;
  /** false takes it back. */
  isApproved?: boolean;
}

/** POST …/decide. */
export interface Decided {
  unit: string;
  choice: string;
  /** And all others that failed with the same maker. */
  all?: boolean;
}

/** PATCH …/models, by kind: id of a provider; empty: the first there is. What there is stays. */
export type Models = Record<string, string>;

/** GET and POST /api/session, of servers with accounts (features.accounts); 401: sign in first. */
export interface Person {
  name: string;
  /** Runs the server: every film is theirs. */
  admin: boolean;
  scope: "read" | "write" | "admin";
}

/** POST /api/session. */
export interface SignIn {
  name: string;
  password: string;
}

/** POST /api/people; the invitation is what stands behind #invitation= in the link. */
export interface Join extends SignIn {
  invitation: string;
}

/** PUT …/people. */
export interface Part {
  name: string;
  role: "none" | "viewer" | "editor" | "owner";
}

/** What a page says on /api/live. */
export type LiveRequest =
  | { type: "subscribe"; film: string; since?: number }
  | { type: "subscribe"; films: true; since?: number }
  | { type: "subscribe"; film: string; project: true; since?: number }
  | { type: "unsubscribe"; film: string; project?: true }
  | { type: "unsubscribe"; films: true }
  /** An edit of docs/edits.md; the same id twice is one edit. */
  | { type: "edit"; film: string; id: string; name: string; edit: unknown }
  | { type: "here"; film: string; here: Here };

/** Where somebody is in a film's project; `window` tells several of one person apart. */
export interface Here {
  window: string;
  /** The playhead, in ticks. */
  at?: number;
  /** What is selected, by its id. */
  selected?: string[];
}

/** Somebody at a film's project; without accounts nobody has a name. */
export interface PersonHere {
  name: string;
  here: Here;
}

/** What the server says there; of one film the sequence numbers of patches have no gap. */
export type LiveMessage =
  | { type: "snapshot"; film: string; seq: number; state: FilmState }
  | { type: "patch"; film: string; seq: number; patch: Record<string, unknown> }
  | { type: "current"; film: string; seq: number; project?: true }
  | { type: "project"; film: string; seq: number; project: unknown }
  | {
      type: "edit";
      film: string;
      seq: number;
      id: string;
      person: string;
      name: string;
      edit: unknown;
    }
  | { type: "edit-known"; film: string; id: string; seq: number }
  | {
      type: "edit-refused";
      film: string;
      id: string;
      error: ServerFault["error"];
    }
  | { type: "people"; film: string; people: PersonHere[] }
  | { type: "gone"; film: string }
  | { type: "films"; seq: number; films: FilmCard[] }
  | { type: "refused"; reason: string };
