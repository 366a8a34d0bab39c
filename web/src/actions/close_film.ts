import { filmHash, go, homeHash, routeOf } from "@/state/route";
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

/** Closes the film at the user's wish: back to the page that led to it. */
export function leaveFilm() {
  closeFilm();
  const route = routeOf(location.hash);
  if (route.kind === "film") go(filmHash(route.id, "storyboard"));
  else if (route.kind === "project") go(homeHash);
}

/** The browser's own back, and links, leave an open film as well. Gives what ends it. */
export function followAddress(): () => void {
  const onChange = () => {
    const route = routeOf(location.hash);
    const isEdited =
      route.kind === "project" ||
      (route.kind === "film" && (route.page ?? "edit") === "edit");
    if (now().open && !isEdited) closeFilm();
  };
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}
