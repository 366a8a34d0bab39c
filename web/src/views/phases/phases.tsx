import { cancel, decide, resume, retry } from "@/actions/studio/change_film";
import { Button } from "@/parts/button";
import { Icon, type IconName } from "@/parts/icon";
import { Progress } from "@/parts/progress";
import type { Decision, FilmState, FilmStatus } from "@/server/types";
import { moneyName } from "@/state/money";
import { FILM_PAGES, filmHash, type FilmPageName } from "@/state/route";
import { strings } from "@/strings";
import { Title } from "./title";

const words = strings.studio;

type Look = "none" | "active" | "done" | "failed";

const ICONS: Record<FilmPageName, IconName> = {
  plan: "plan",
  storyboard: "picture",
  sound: "sound",
  motion: "film",
  edit: "scissors",
};

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

/** The sign of a page, or how its part of the film stands. */
function Sign({ page, look }: { page: FilmPageName; look: Look }) {
  if (look === "done" || look === "failed")
    return (
      <span
        className={`grid size-4.5 place-items-center rounded-full text-ground ${look === "done" ? "bg-good" : "bg-bad"}`}
      >
        {look === "done" ? (
          <Icon name="done" className="size-3.5" />
        ) : (
          <span className="text-xs leading-none font-bold">!</span>
        )}
      </span>
    );
  return (
    <span className="relative">
      <Icon name={ICONS[page]} className="size-4.5" />
      {look === "active" && (
        <span className="absolute -end-1 -top-0.5 size-2 animate-pulse rounded-full bg-accent ring-2 ring-ground" />
      )}
    </span>
  );
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
  const isUnderWay = total > 1 && done < total;
  return (
    <li className="min-w-0 flex-1 sm:flex-none">
      <a
        href={filmHash(film.id, page)}
        aria-current={isHere ? "page" : undefined}
        className="flex flex-col items-center gap-1 rounded-control px-1 py-1.5 text-tiny font-medium whitespace-nowrap text-soft transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink aria-[current]:shadow-panel sm:h-9 sm:flex-row sm:gap-2.5 sm:px-3.5 sm:py-0 sm:text-sm"
      >
        <Sign page={page} look={look} />
        <span>{words.phases[page]}</span>
        {look !== "none" && (
          <span className="sr-only">{words.looks[look]}</span>
        )}
        {isUnderWay && (
          <span className="text-xs text-faint tabular-nums max-sm:sr-only">
            {words.made(done, total)}
          </span>
        )}
      </a>
    </li>
  );
}

const DOTS: Record<FilmStatus, string> = {
  asking: "bg-accent",
  working: "bg-accent animate-pulse",
  waiting: "bg-warn",
  failed: "bg-bad",
  cancelled: "bg-faint",
  done: "bg-good",
};

function Status({ film }: { film: FilmState }) {
  const { status, percent, ledger } = film;
  return (
    <p role="status" className="flex items-center gap-2 text-soft tabular-nums">
      <span className={`size-2 shrink-0 rounded-full ${DOTS[status]}`} />
      <span>
        {words.status[status]}
        {status === "working" && ` · ${words.percent(percent)}`}
        {ledger.spent > 0 && ` · ${words.spent(moneyName(ledger.spent))}`}
      </span>
    </p>
  );
}

function Ways({ film }: { film: FilmState }) {
  const { id, status } = film;
  if (status === "working")
    return <Button onClick={() => void cancel(id)}>{words.cancel}</Button>;
  if (status === "cancelled")
    return (
      <Button look="primary" onClick={() => void resume(id)}>
        {words.resume}
      </Button>
    );
  if (status === "failed")
    return (
      <Button look="primary" icon="reset" onClick={() => void retry(id)}>
        {words.retryAll}
      </Button>
    );
  return null;
}

function Asked({ film, decision }: { film: FilmState; decision: Decision }) {
  return (
    <section
      aria-label={words.decide}
      className="appear flex flex-wrap items-center justify-between gap-3 rounded-panel bg-bad-wash p-4"
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        <Icon name="warn" className="mt-0.5 size-5 text-bad" />
        <div className="min-w-0">
          <h2 className="font-semibold">{words.decide}</h2>
          <p className="text-soft text-pretty">{decision.text}</p>
        </div>
      </div>
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
  const { status, percent, fault, decisions = [] } = film;
  const isAsked = decisions.some(({ unit }) => unit === fault?.unit);
  return (
    <div className="flex w-full flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Title film={film} />
        <div className="flex min-h-9 flex-wrap items-center gap-3 max-sm:w-full max-sm:justify-between">
          <Status film={film} />
          <Ways film={film} />
        </div>
      </div>
      <nav aria-label={words.phases.label}>
        <ol className="flex gap-1 sm:-mx-1 sm:flex-wrap">
          {FILM_PAGES.map((name) => (
            <Step key={name} film={film} page={name} isHere={name === page} />
          ))}
        </ol>
      </nav>
      {status === "working" && (
        <Progress value={percent / 100} label={words.status.working} />
      )}
      {fault && status === "failed" && !isAsked && (
        <p
          role="alert"
          className="appear flex gap-3 rounded-panel bg-bad-wash p-4 text-pretty text-bad"
        >
          <Icon name="warn" className="size-5" />
          {fault.message}
        </p>
      )}
      {decisions.map((decision) => (
        <Asked key={decision.unit} film={film} decision={decision} />
      ))}
    </div>
  );
}
