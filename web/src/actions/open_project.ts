import { openSource } from "@/actions/open_film";
import { openShared } from "@/actions/open_shared";
import { filmBase, filmOfCopy } from "@/state/film_copy";
import { sourceOfProject } from "@/state/library";
import { askHistory, catchUp, type History } from "@/state/shared_edits";
import { strings } from "@/strings";

/** Opens a project that this browser keeps: as another tab has it open, else as it was kept. */
export function openProject(id: string): Promise<void> {
  const film = filmOfCopy(id);
  if (film) return openShared(film, new URL("project.json", filmBase(film)));
  let history: History | null = null;
  return openSource(
    async () => {
      history = await askHistory(id);
      const source = await sourceOfProject(id);
      if (!source) throw new Error(strings.saving.gone);
      return history ? { ...source, project: history.base } : source;
    },
    async (film) => {
      if (history) await catchUp(film, history);
    },
  );
}
