import { useEffect, useState } from "react";
import { patchFilm } from "@/actions/studio/change_film";
import { Field, TextInput } from "@/parts/field";
import { Skeleton } from "@/parts/skeleton";
import { estimateOf, ledgerOf } from "@/server/client";
import type { Estimate, FilmState, Ledger } from "@/server/types";
import { moneyName } from "@/state/money";
import { strings } from "@/strings";

const words = strings.storyboard;

/** What is still to be paid, asked again when the film has changed. */
function useCosts(film: FilmState) {
  const [costs, setCosts] = useState<[Estimate, Ledger] | null>(null);
  const { id, phase, status } = film;
  const { spent, cap } = film.ledger;
  const scenes = Object.keys(film.scenes).length;
  useEffect(() => {
    let isHere = true;
    void Promise.all([estimateOf(id), ledgerOf(id)])
      .then((read) => isHere && setCosts(read))
      .catch(() => undefined); // the next change asks again
    return () => {
      isHere = false;
    };
  }, [id, phase, status, spent, cap, scenes]);
  return costs;
}

function Cap({ film, cap }: { film: FilmState; cap: number }) {
  const [text, setText] = useState<string | null>(null);
  const keep = () => {
    const value = Number(text?.replace(",", "."));
    if (text !== null && Number.isFinite(value) && value >= 0 && value !== cap)
      void patchFilm(film.id, { cap: value });
    setText(null);
  };
  return (
    <Field label={`${words.cap} (USD)`}>
      <TextInput
        inputMode="decimal"
        value={text ?? String(cap)}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Enter" && keep()}
      />
    </Field>
  );
}

/** Spent, under way and still to come, as parts of the cap. */
function Bar({ estimate }: { estimate: Estimate }) {
  const { spent, reserved, cost, cap } = estimate;
  const whole = Math.max(cap, spent + reserved + cost, 0.01);
  const parts = [
    { value: spent, look: "bg-accent" },
    { value: reserved, look: "bg-accent/60" },
    { value: cost, look: "bg-accent/25" },
  ];
  return (
    <div
      aria-hidden="true"
      className="flex h-2 overflow-hidden rounded-full bg-hover"
    >
      {parts.map(({ value, look }) => (
        <span
          key={look}
          className={look}
          style={{ width: `${(100 * value) / whole}%` }}
        />
      ))}
    </div>
  );
}

const kindName = (kind: string) => words.kinds[kind] ?? kind;

function ToCome({ estimate }: { estimate: Estimate }) {
  const lines = Object.values(estimate.phases)
    .flatMap((phase) => phase?.lines ?? [])
    .filter(({ cost }) => cost > 0);
  return (
    <ul className="flex flex-col gap-1 text-xs text-soft">
      {lines.map(({ kind, provider, name, units, cost, isRough }) => (
        <li key={`${kind} ${provider}`} className="flex justify-between gap-2">
          <span className="min-w-0 truncate" title={name}>
            {words.units(units, kindName(kind))}
          </span>
          <span className="tabular-nums">
            {isRough ? `${words.rough} ` : ""}
            {moneyName(cost)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Paid({ ledger }: { ledger: Ledger }) {
  return (
    <details>
      <summary className="text-soft">{words.ledger}</summary>
      {ledger.lines.length === 0 && (
        <p className="mt-2 text-xs text-faint">{words.noLedger}</p>
      )}
      <ul className="mt-2 flex max-h-64 flex-col gap-2 overflow-y-auto text-xs">
        {ledger.lines.map(({ id, unit, scene, model, cost, state }) => (
          <li key={id} className="flex justify-between gap-2">
            <span className="min-w-0">
              <span className="block truncate" title={`${unit} · ${state}`}>
                {scene > 0
                  ? words.scenePart(
                      kindName(unit.split("/").at(-1) ?? ""),
                      scene,
                    )
                  : kindName(unit)}
              </span>
              <span className="block truncate text-faint">{model}</span>
            </span>
            <span className="tabular-nums">{moneyName(cost)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the film has cost and will. */
export function Money({ film }: { film: FilmState }) {
  const costs = useCosts(film);
  if (!costs)
    return (
      <aside aria-label={words.money}>
        <Skeleton className="h-44 rounded-panel" />
      </aside>
    );
  const [estimate, ledger] = costs;
  const rows: [string, number][] = [
    [words.spent, estimate.spent],
    ...(estimate.reserved > 0
      ? [[words.reserved, estimate.reserved] as [string, number]]
      : []),
    [words.left, estimate.cost],
  ];
  return (
    <aside
      aria-label={words.money}
      className="flex flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel lg:sticky lg:top-0"
    >
      <h2 className="font-semibold">{words.money}</h2>
      <Bar estimate={estimate} />
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 tabular-nums">
        {rows.map(([name, money]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="text-end">{moneyName(money)}</dd>
          </div>
        ))}
      </dl>
      <ToCome estimate={estimate} />
      <Cap film={film} cap={estimate.cap} />
      <Paid ledger={ledger} />
    </aside>
  );
}
