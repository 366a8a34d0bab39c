import { Button } from "@/parts/button";
import { useRoute } from "@/state/route";
import { change } from "@/state/session";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";

/** The way to who is in the film; where people have accounts. */
export function ShareButton() {
  const route = useRoute();
  const hasPeople = useStudio(({ person }) => person !== null);
  const isThere = useStudio(
    ({ films }) => route.kind === "film" && route.id in films,
  );
  if (!hasPeople || !isThere) return null;
  return (
    <Button
      icon="people"
      className="max-sm:px-2.5"
      onClick={() => change({ dialog: "share" })}
    >
      <span className="max-sm:sr-only">{strings.share.open}</span>
    </Button>
  );
}
