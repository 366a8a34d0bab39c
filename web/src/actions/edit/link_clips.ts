import { applyEdit, type Edit } from "@/actions/edit/apply";
import { projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { companyOf } from "@/state/timeline_moves";
import { strings } from "@/strings";

type Bond = "link" | "unlink" | "group" | "ungroup";

/** Binds clips, or lets them go. */
export const bondEdit = (op: Bond, clips: readonly string[]): Edit | null =>
  clips.length === 0 ? null : { op, clips };

const bond = (op: Bond) => {
  const { clips } = selectionNow();
  const isEnding = op === "unlink" || op === "ungroup";
  const named = isEnding
    ? companyOf(projectNow(), clips, op === "ungroup").map(
        ({ clip }) => clip.id,
      )
    : [...clips];
  if (!isEnding && named.length < 2) return Promise.resolve(false);
  return applyEdit(bondEdit(op, named), strings.timeline.edits[op]);
};

/** What is selected is edited together from now on. */
export const linkSelected = () => bond("link");
export const unlinkSelected = () => bond("unlink");
/** What is selected is moved together from now on. */
export const groupSelected = () => bond("group");
export const ungroupSelected = () => bond("ungroup");

/** Links, or lets go where all of it is linked already. */
export function toggleLink(): Promise<boolean> {
  const { clips } = selectionNow();
  const links = [...clips].map(
    (id) => projectNow().places.get(id)?.clip.link ?? "",
  );
  return links.every((link) => link !== "") ? unlinkSelected() : linkSelected();
}
