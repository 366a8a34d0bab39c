// Shows what an edit would make of the film while the user still drags.
import type { Edit } from "@/actions/edit/apply";
import { now } from "@/state/session";

let wished: Edit | null | undefined;
let isBusy = false;

async function serve() {
  if (isBusy) return;
  isBusy = true;
  while (wished !== undefined) {
    const edit = wished;
    wished = undefined;
    // What would be refused is shown as it was; the drop says why.
    await now()
      .open?.film.preview(edit)
      .catch(() => undefined);
  }
  isBusy = false;
}

/** The newest wish wins; null shows the film as it is. An edit that is applied ends the preview itself. */
export function previewEdit(edit: Edit | null) {
  wished = edit;
  void serve();
}

/** No more of it: an edit follows at once. */
export function forgetPreview() {
  wished = undefined;
}
