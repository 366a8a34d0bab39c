import { redo, undo } from "@/actions/edit/apply";
import { jumpTo } from "@/actions/jump_history";
import { Button } from "@/parts/button";
import { useProject } from "@/state/project";
import { useSession } from "@/state/session";
import { strings } from "@/strings";

const words = strings.history;

/** Every edit since the film was opened; a click goes back, or on, to it. */
export function History() {
  const film = useSession((session) => session.open?.film);
  useProject((state) => state.version); // another step makes another list
  if (!film) return null;
  const { names, position } = film.history;
  const steps = [words.opened, ...names];
  return (
    <section
      aria-label={words.label}
      data-history
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex gap-1.5 px-2.5 pb-2">
        <Button
          icon="undo"
          className="h-8! flex-1"
          disabled={position === 0}
          onClick={() => void undo()}
        >
          {words.undo}
        </Button>
        <Button
          icon="redo"
          className="h-8! flex-1"
          disabled={position === names.length}
          onClick={() => void redo()}
        >
          {words.redo}
        </Button>
      </div>
      <ol className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-2.5">
        {steps.map((name, place) => (
          <li key={place}>
            <button
              type="button"
              aria-label={words.step(name, place)}
              aria-current={place === position ? "step" : undefined}
              onClick={() => void jumpTo(place)}
              className={`flex h-8 w-full items-center gap-2.5 rounded-[0.4rem] px-2 text-start text-[0.8125rem] -outline-offset-2 hover:bg-hover aria-[current=step]:bg-accent-wash aria-[current=step]:font-medium ${place > position ? "text-faint" : ""}`}
            >
              <span
                className={`size-1.5 shrink-0 rounded-full ${place === position ? "bg-accent" : place < position ? "bg-edge" : "bg-line"}`}
              />
              <span className="truncate">{name}</span>
            </button>
          </li>
        ))}
      </ol>
      {names.length === 0 && (
        <p className="p-4 text-center text-[0.8125rem] text-balance text-faint">
          {words.none}
        </p>
      )}
    </section>
  );
}
