// Tells those who edit the same film where we are in it.
import { isWithPeople } from "@/actions/edit/with_people";
import { serverLine } from "@/actions/studio/follow_server";
import { filmOnServer } from "@/state/film_copy";
import { thisWindow } from "@/state/people";
import { selectionNow, useSelection } from "@/state/selection";
import { now, useSession } from "@/state/session";
import { useStudio } from "@/state/studio";

/** Between two words of it. */
const EVERY_MS = 200;

/** Of what is selected, so many are told. */
const SELECTED_MAX = 32;

let timer: ReturnType<typeof setTimeout> | undefined;

function tellNow() {
  timer = undefined;
  const { open, player } = now();
  const id = filmOnServer(open?.source ?? null);
  if (!open || !id || !isWithPeople(open.film)) return;
  serverLine()?.here(id, {
    window: thisWindow,
    at: player?.state.playhead ?? 0,
    selected: [...selectionNow().clips].slice(0, SELECTED_MAX),
  });
}

const soon = () => (timer ??= setTimeout(tellNow, EVERY_MS));

/** Tells it whenever it is another, until the returned function is called. */
export function followHere(): () => void {
  let leave = () => undefined as void;
  let watched = now().player;
  let last = NaN;
  const watch = () => {
    const { player } = now();
    soon();
    if (player === watched) return;
    leave();
    watched = player;
    leave =
      player?.subscribe(({ playhead }) => {
        if (playhead === last) return;
        last = playhead;
        soon();
      }) ?? (() => undefined);
  };
  const ends = [
    useSession.subscribe(watch),
    useSelection.subscribe(soon),
    useStudio.subscribe(({ connection }, before) => {
      if (connection.kind !== before.connection.kind) soon();
    }),
  ];
  return () => {
    clearTimeout(timer);
    timer = undefined;
    leave();
    for (const stop of ends) stop();
  };
}
