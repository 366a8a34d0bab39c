/** What the page asks of its service worker. */
export type ToWorker =
  /** To become the one that serves: the user wants the new version. */
  | { kind: "takeOver" }
  /** To keep the engine, too, so that everything works without the network. */
  | { kind: "fill" };

/** What it answers: everything is kept, or [why] not. */
export interface FromWorker {
  kind: "filled";
  why: string;
}
