/** What one run did, and how long it took. */
export interface Timed {
  frames: number;
  seconds: number;
  bytes?: number;
}
