import { create } from "zustand";
import type {
  Engine,
  ExportJob,
  ExportResult,
  ExportWishes,
  Film,
  FilmSource,
  InterruptedExport,
  Player,
} from "@/engine/engine";

/** A failure as the page shows it. */
export interface Failure {
  message: string;
  place: string;
}

/** What the page is about: one of these at a time. */
export type Scene =
  | { kind: "starting"; since: number }
  | { kind: "noEngine"; failure: Failure }
  | { kind: "start" }
  | { kind: "reading"; since: number; files: number }
  | { kind: "opening"; since: number }
  | { kind: "notOpened"; failure: Failure }
  | { kind: "film" };

/** What is open. */
export interface OpenFilm {
  film: Film;
  /** Null where it cannot be opened again. */
  source: FilmSource | null;
  /** Made just now, of media: it is nowhere yet. */
  isNew: boolean;
  /** The same for the same film, another for another: keys of elements. */
  number: number;
}

/** An export as the page shows it. */
export interface ListedExport {
  job: ExportJob;
  title: string;
  fileName: string;
  wishes: ExportWishes;
  /** Saved to a file of the user's choice, not downloaded. */
  isSaved: boolean;
  /** The address of a picture of the film; "" where there is none. */
  poster: string;
  /** It waits for those before it. */
  isQueued: boolean;
  outcome:
    | null
    | { kind: "done"; result: ExportResult }
    | { kind: "failed"; failure: Failure };
}

/** A sentence about something that went wrong beside the main thing. */
export interface Trouble {
  number: number;
  failure: Failure;
}

export interface Session {
  engine: Engine | null;
  scene: Scene;
  open: OpenFilm | null;
  player: Player | null;
  playerFailure: Failure | null;
  exports: ListedExport[];
  interrupted: InterruptedExport[];
  troubles: Trouble[];
  /** Which dialog is in front. */
  dialog:
    null | "export" | "shortcuts" | "palette" | "storage" | "share" | "account";
  isExportListOpen: boolean;
}

/** The one state of the page. Only actions write to it. */
export const useSession = create<Session>(() => ({
  engine: null,
  scene: { kind: "starting", since: Date.now() },
  open: null,
  player: null,
  playerFailure: null,
  exports: [],
  interrupted: [],
  troubles: [],
  dialog: null,
  isExportListOpen: false,
}));

/** Changes the state. */
export const change = useSession.setState;

/** The state now. */
export const now = useSession.getState;
