import { useEffect, useState } from "react";
import { patchFilm } from "@/actions/studio/change_film";
import { Field, TextInput } from "@/parts/field";
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
    const value = Number(text);
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

/** What the film has cost and will. */
export function Money({ film }: { film: FilmState }) {
  const costs = useCosts(film);
  if (!costs) return <aside className="min-h-40" />;
  const [estimate, ledger] = costs;
  return (
    <aside className="flex flex-col gap-3 rounded-panel bg-surface p-4 shadow-panel lg:sticky lg:top-0">
      <h2 className="font-semibold">{words.money}</h2>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 tabular-nums">
        <dt className="text-soft">{words.spent}</dt>
        <dd>{moneyName(estimate.spent)}</dd>
        <dt className="text-soft">{words.left}</dt>
        <dd>{moneyName(estimate.cost)}</dd>
      </dl>
      <Cap film={film} cap={estimate.cap} />
      <details>
        <summary className="text-soft">{words.ledger}</summary>
        {ledger.lines.length === 0 && (
          <p className="mt-2 text-xs text-faint">{words.noLedger}</p>
        )}
        <ul className="mt-2 flex flex-col gap-1 text-xs">
          {ledger.lines.map(({ id, unit, model, cost, state }) => (
            <li key={id} className="flex justify-between gap-2">
              <span className="min-w-0 truncate" title={`${unit} · ${state}`}>
                {model}
              </span>
              <span className="tabular-nums">{moneyName(cost)}</span>
            </li>
          ))}
        </ul>
      </details>
    </aside>
  );
}
