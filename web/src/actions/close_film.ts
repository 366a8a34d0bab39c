import { change, now } from "@/state/session";

/** Back to the start; the stage closes the film, exports go on. */
export function closeFilm() {
  change({
    open: null,
    player: null,
    playerFailure: null,
    dialog: null,
    troubles: [],
    scene: { kind: "start" },
  });
  void now()
    .engine?.interrupted()
    .then((interrupted) => change({ interrupted }));
}
