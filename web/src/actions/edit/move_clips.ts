import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import type { Ticks } from "@/engine/engine";
import { filmOf, lengthOf, projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import {
  companyOf,
  isStill,
  movesOf,
  type Move,
  type Moves,
} from "@/state/timeline_moves";
import { strings } from "@/strings";

/** What becomes of the clips that lie where others land. */
export type Landing = "overwrite" | "insert";

const moveTo = ({ clip, to, start }: Move): Edit => ({
  op: "move",
  clip: clip.id,
  start,
  track: to.id,
  alone: true,
});

/** First out of the way, behind everything: what lies where they land can go then. */
function aside(moves: readonly Move[], far: Ticks): Edit[] {
  return moves.map(({ clip }) => ({
    op: "move",
    clip: clip.id,
    start: clip.start + far,
    alone: true,
  }));
}

/** Room on every track that clips land on, for the stretch that they take there. */
function makeRoom(moves: readonly Move[]): Edit[] {
  const start = Math.min(...moves.map((move) => move.start));
  const end = Math.max(...moves.map((move) => move.start + move.clip.duration));
  const tracks = new Map(moves.map(({ to, clip }) => [to.id, clip]));
  return [...tracks].flatMap(([track, clip]) => {
    const { link: _link, group: _group, ...like } = clip;
    const id = newId("room");
    return [
      {
        op: "insert",
        track,
        clip: { ...like, id, start, duration: end - start },
      },
      { op: "remove-clip", clip: id, alone: true },
    ];
  });
}

/** The edit that brings clips to where [moves] says; null where they are already. */
export function moveEdit(
  moves: Moves,
  length: Ticks,
  landing: Landing,
): Edit | null {
  const list = moves.moves;
  if (list.length === 0 || isStill(moves)) return null;
  const name = strings.timeline.edits.move(list.length);
  if (moves.covered.length === 0) return batch(name, list.map(moveTo));
  const latest = Math.max(...list.map((m) => m.start + m.clip.duration));
  const far = Math.max(length, latest) * 2;
  const clear: Edit[] =
    landing === "overwrite"
      ? moves.covered.map(({ track, start, duration }) => ({
          op: "lift",
          start,
          duration,
          tracks: [track],
        }))
      : makeRoom(list);
  return batch(name, [...aside(list, far), ...clear, ...list.map(moveTo)]);
}

const nameOf = ({ moves }: Moves, landing: Landing) =>
  landing === "insert"
    ? strings.timeline.edits.insertMove
    : strings.timeline.edits.move(moves.length);

/** Moves clips; what lies where they land gives way as [landing] says. */
export function moveClips(moves: Moves, landing: Landing): Promise<boolean> {
  const { project } = projectNow();
  if (!project) return Promise.resolve(false);
  const edit = moveEdit(moves, lengthOf(project), landing);
  return applyEdit(edit, nameOf(moves, landing));
}

/** Moves what is selected, with its company, by [by] ticks and [steps] tracks down. */
export function nudgeClips(by: Ticks, steps: number): Promise<boolean> {
  const film = filmOf(projectNow());
  const { clips, focus } = selectionNow();
  const places = companyOf(projectNow(), clips);
  const lead = projectNow().places.get(focus ?? "")?.track.kind ?? "video";
  if (!film || places.length === 0) return Promise.resolve(false);
  return moveClips(movesOf(film, places, by, lead, steps), "overwrite");
}
