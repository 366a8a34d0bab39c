import { openSource } from "@/actions/open_film";
import { sourceOfProject } from "@/state/library";
import { strings } from "@/strings";

/** Opens a project that this browser keeps. */
export const openProject = (id: string) =>
  openSource(async () => {
    const source = await sourceOfProject(id);
    if (!source) throw new Error(strings.saving.gone);
    return source;
  });
