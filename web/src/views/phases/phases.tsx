import { cancel, decide, resume, retry } from "@/actions/studio/change_film";
import { Button } from "@/parts/button";
import { Icon } from "@/parts/icon";
import { Progress } from "@/parts/progress";
import type { Decision, FilmState } from "@/server/types";
import { moneyName } from "@/state/money";
import { FILM_PAGES, filmHash, type FilmPageName } from "@/state/route";
import { strings } from "@/strings";

const words = strings.studio;

type Look = "none" | "active" | "done" | "failed";

/** How far the part of the film is that a page shows. */
function standOf(film: FilmState, page: FilmPageName) {
  const parts =
    page === "plan"
      ? [film.phases.plan, film.phases.script]
      : [film.phases[page]];
  const known = parts.filter((part) => part !== undefined);
  const sum = (pick: (part: (typeof known)[number]) => number) =>
    known.reduce((total, part) => total + pick(part), 0);
  const [done, total] = [sum((part) => part.done), sum((part) => part.total)];
  const look: Look =
    sum((part) => part.failed) > 0
      ? "failed"
      : total > 0 && done === total
        ? "done"
        : sum((part) => part.active) > 0
          ? "active"
          : "none";
  return { done, total, look };
}

function Step({
  film,
  page,
  isHere,
}: {
  film: FilmState;
  page: FilmPageName;
  isHere: boolean;
}) {
  const { done, total, look } = standOf(film, page);
  return (
    <li>
      <a
        href={filmHash(film.id, page)}
        aria-current={isHere ? "page" : undefined}
        className="flex h-9 items-center gap-2 rounded-control px-3 font-medium whitespace-nowrap text-soft transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink aria-[current]:shadow-panel"
      >
        {look === "done" && <Icon name="done" className="size-4 text-good" />}
        {look === "failed" && <Icon name="warn" className="size-4 text-bad" />}
        {look === "active" && (
          <span className="size-2 animate-pulse rounded-full bg-accent" />
        )}
        {words.phases[page]}
        {total > 1 && done < total && (
          <span className="text-xs text-faint tabular-nums">
            {words.made(done, total)}
          </span>
        )}
      </a>
    </li>
  );
}

function Ways({ film }: { film: FilmState }) {
  const { id, status } = film;
  return (
    <div className="flex items-center gap-2">
      {status === "working" && (
        <Button look="quiet" onClick={() => void cancel(id)}>
          {words.cancel}
        </Button>
      )}
      {status === "cancelled" && (
        <Button look="primary" onClick={() => void resume(id)}>
          {words.resume}
        </Button>
      )}
      {status === "failed" && (
        <Button look="primary" icon="reset" onClick={() => void retry(id)}>
          {words.retryAll}
        </Button>
      )}
    </div>
  );
}

function Asked({ film, decision }: { film: FilmState; decision: Decision }) {
  return (
    <section className="flex flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel">
      <h2 className="font-semibold">{words.decide}</h2>
      <p className="text-soft">{decision.text}</p>
      <div className="flex flex-wrap gap-2">
        {decision.choices.map(({ value, label, cost }) => (
          <Button
            key={value}
            onClick={() =>
              void decide(film.id, {
                unit: decision.unit,
                choice: value,
                all: true,
              })
            }
          >
            {label}
            <span className="text-xs text-faint">
              {cost > 0 ? words.cost(moneyName(cost)) : words.costsNothing}
            </span>
          </Button>
        ))}
      </div>
    </section>
  );
}

/** Where the film stands, and the ways between its pages. */
export function Phases({
  film,
  page,
}: {
  film: FilmState;
  page: FilmPageName;
}) {
  const { status, percent, ledger } = film;
  return (
    <div className="flex w-full flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <nav aria-label={words.phases.label} className="-mx-1 min-w-0">
          <ol className="flex gap-1 overflow-x-auto p-1">
            {FILM_PAGES.map((name) => (
              <Step key={name} film={film} page={name} isHere={name === page} />
            ))}
          </ol>
        </nav>
        <div className="flex items-center gap-3">
          <p role="status" className="text-soft tabular-nums">
            {words.status[status]}
            {status === "working" && ` · ${words.percent(percent)}`}
            {ledger.spent > 0 && ` · ${words.spent(moneyName(ledger.spent))}`}
          </p>
          <Ways film={film} />
        </div>
      </div>
      {status === "working" && (
        <Progress value={percent / 100} label={words.status.working} />
      )}
      {film.fault && status === "failed" && (
        <p
          role="alert"
          className="rounded-control bg-bad-wash px-3 py-2 text-bad"
        >
          {film.fault.message}
        </p>
      )}
      {film.decisions?.map((decision) => (
        <Asked key={decision.unit} film={film} decision={decision} />
      ))}
    </div>
  );
}
