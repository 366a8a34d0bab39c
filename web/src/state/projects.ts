import { useEffect, useState } from "react";
import { listProjects, posterOf, type ProjectCard } from "@/state/library";
import { useSession } from "@/state/session";

export interface KeptProject extends ProjectCard {
  /** An address of its picture; "" without one. */
  poster: string;
}

async function withPoster(card: ProjectCard): Promise<KeptProject> {
  const file = await posterOf(card.id).catch(() => null);
  return { ...card, poster: file ? URL.createObjectURL(file) : "" };
}

/** The projects that this browser keeps, null until they are known; and what reads them again. */
export function useProjects(): [KeptProject[] | null, () => void] {
  const [projects, setProjects] = useState<KeptProject[] | null>(null);
  const [time, setTime] = useState(0);
  // What takes room can be removed in a dialog, too.
  const dialog = useSession((session) => session.dialog);
  useEffect(() => {
    let isHere = true;
    let shown: KeptProject[] = [];
    const drop = () =>
      shown.forEach(({ poster }) => poster && URL.revokeObjectURL(poster));
    void listProjects()
      .then((cards) => Promise.all(cards.map(withPoster)))
      .catch(() => []) // a page that may not keep files has none
      .then((read) => {
        shown = read;
        if (isHere) setProjects(read);
        else drop();
      });
    return () => {
      isHere = false;
      drop();
    };
  }, [time, dialog]);
  return [projects, () => setTime((last) => last + 1)];
}
