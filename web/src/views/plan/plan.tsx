import { useState } from "react";
import { answerQuestions } from "@/actions/studio/change_film";
import { Button } from "@/parts/button";
import { TextInput } from "@/parts/field";
import { Waiting } from "@/parts/waiting";
import type { FilmState, Question } from "@/server/types";
import { strings } from "@/strings";

const words = strings.plan;

function Choice({
  text,
  isChosen,
  isProposal,
  onChoose,
}: {
  text: string;
  isChosen: boolean;
  isProposal: boolean;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      onClick={onChoose}
      className="rounded-full bg-raised px-3.5 py-1.5 text-left shadow-[inset_0_0_0_1px_var(--color-line)] transition-colors hover:bg-hover aria-checked:bg-accent-wash aria-checked:text-accent-strong aria-checked:shadow-[inset_0_0_0_1.5px_var(--color-accent)]"
    >
      {text}
      {isProposal && (
        <span className="ml-2 text-xs text-faint">{words.proposal}</span>
      )}
    </button>
  );
}

function Asked({
  question,
  answer,
  onAnswer,
}: {
  question: Question;
  answer: string | undefined;
  onAnswer: (answer: string) => void;
}) {
  const { text, why, choices, fallback } = question;
  const isOwn =
    answer !== undefined && !choices.some(({ value }) => value === answer);
  return (
    <fieldset className="flex flex-col gap-3 rounded-panel bg-surface p-5 shadow-panel">
      <legend className="sr-only">{text}</legend>
      <div>
        <h2 className="text-base font-semibold" aria-hidden="true">
          {text}
        </h2>
        <p className="mt-0.5 text-soft">{why}</p>
      </div>
      <div role="radiogroup" aria-label={text} className="flex flex-wrap gap-2">
        {choices.map(({ value, label }) => (
          <Choice
            key={value}
            text={label}
            isChosen={(answer ?? fallback) === value}
            isProposal={value === fallback}
            onChoose={() => onAnswer(value)}
          />
        ))}
      </div>
      <TextInput
        aria-label={`${words.ownAnswer}: ${text}`}
        placeholder={words.ownAnswer}
        value={isOwn ? answer : ""}
        onChange={(event) => onAnswer(event.target.value)}
      />
    </fieldset>
  );
}

function Brief({ film }: { film: FilmState }) {
  const { brief } = film;
  if (!brief) return null;
  const rows: [string, string][] = [
    [words.prompt, brief.prompt],
    [words.length, words.seconds(brief.seconds)],
    [words.aspect, brief.aspect],
    [words.style, brief.style],
    [words.tone, brief.tone],
    [words.audience, brief.audience],
    [words.voice, brief.voice],
  ];
  return (
    <aside className="h-fit rounded-panel bg-surface p-5 shadow-panel">
      <h2 className="mb-3 text-base font-semibold">{words.brief}</h2>
      <dl className="flex flex-col gap-2.5">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-faint">{name}</dt>
            <dd className={value ? "" : "text-faint"}>{value || words.none}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}

function Answered({ questions }: { questions: readonly Question[] }) {
  if (questions.length === 0)
    return <p className="text-soft">{words.noQuestions}</p>;
  return (
    <section className="rounded-panel bg-surface p-5 shadow-panel">
      <h2 className="mb-3 text-base font-semibold">{words.answered}</h2>
      <dl className="flex flex-col gap-3">
        {questions.map(({ id, text, choices, fallback, answer }) => {
          const given = answer ?? fallback;
          const label = choices.find(({ value }) => value === given)?.label;
          return (
            <div key={id}>
              <dt className="text-soft">{text}</dt>
              <dd className="font-medium">{label ?? given}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Questions({ film }: { film: FilmState }) {
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [isSent, setSent] = useState(false);
  const send = async (chosen: Record<string, string>) => {
    setSent(true);
    const given = Object.entries(chosen).filter(([, text]) => text.trim());
    if (!(await answerQuestions(film.id, Object.fromEntries(given))))
      setSent(false);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send(answers);
      }}
    >
      <div>
        <h1 className="text-xl font-semibold tracking-tight">
          {words.heading}
        </h1>
        <p className="text-soft">{words.lead}</p>
      </div>
      {film.questions?.map((question) => (
        <Asked
          key={question.id}
          question={question}
          answer={answers[question.id]}
          onAnswer={(answer) =>
            setAnswers({ ...answers, [question.id]: answer })
          }
        />
      ))}
      <div className="sticky bottom-3 flex flex-wrap justify-end gap-3">
        <Button disabled={isSent} onClick={() => void send({})}>
          {words.skip}
        </Button>
        <Button type="submit" look="primary" disabled={isSent}>
          {words.begin}
        </Button>
      </div>
    </form>
  );
}

/** What the film is to be. */
export function Plan({ film }: { film: FilmState }) {
  const isAsking = film.status === "asking" && film.questions !== undefined;
  const isThinking = film.status === "working" && film.phase === "plan";
  return (
    <div className="grid w-full gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      {isAsking ? (
        <Questions film={film} />
      ) : isThinking && !film.questions ? (
        <div className="grid place-items-center py-16">
          <Waiting
            reason={words.thinking}
            since={film.changed}
            seconds={words.seconds}
          />
        </div>
      ) : (
        <Answered questions={film.questions ?? []} />
      )}
      <Brief film={film} />
    </div>
  );
}
