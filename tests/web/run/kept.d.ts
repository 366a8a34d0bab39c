interface Window {
  /** Texts of projects that the engine has handed out, for tests. */
  kept: string[];
}
