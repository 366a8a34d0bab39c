import { tell } from "@/actions/tell_trouble";
import { applyVolume } from "@/actions/set_volume";
import type { Player } from "@/engine/engine";
import { failureOf } from "@/state/failure";
import { change, now } from "@/state/session";

/** The player before, on its way out: the next begins behind it. */
let ended: Promise<void> = Promise.resolve();

/** Gives [canvas] to a player of the open film, for good. The returned function closes both. */
export function showFilm(canvas: HTMLCanvasElement): () => void {
  const { engine, open } = now();
  if (!engine || !open) return () => undefined;
  let isOver = false;
  const begun: Promise<Player | null> = ended.then(() =>
    isOver ? null : engine.player(open.film, canvas),
  );
  begun.then(
    (player) => {
      if (isOver || !player) return;
      player.onTrouble((error) => tell(failureOf(error)));
      change({ player, playerFailure: null });
      applyVolume();
    },
    (error: unknown) => {
      if (!isOver) change({ playerFailure: failureOf(error) });
    },
  );
  return () => {
    isOver = true;
    ended = begun
      .then(
        (player) => {
          if (player && now().player === player) change({ player: null });
          player?.close();
        },
        () => undefined, // there is no player to close
      )
      .then(() => open.film.close());
  };
}
