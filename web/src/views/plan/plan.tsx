import { useState } from "react";
import { answerQuestions } from "@/actions/studio/change_film";
import { Button } from "@/parts/button";
import { TextInput } from "@/parts/field";
import { Elapsed } from "@/parts/elapsed";
import { Radio, RadioGroup } from "@/parts/radio_group";
import { Skeleton } from "@/parts/skeleton";
import type { FilmState, Question } from "@/server/types";
import { strings } from "@/strings";

const words = strings.plan;

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
  const given = answer ?? fallback;
  const isOwn = !choices.some(({ value }) => value === given);
  return (
    <section
      aria-label={text}
      className="flex flex-col gap-3 rounded-panel bg-surface p-5 shadow-panel"
    >
      <div>
        <h3 className="text-base font-semibold">{text}</h3>
        <p className="mt-0.5 text-soft text-pretty">{why}</p>
      </div>
      <RadioGroup label={text} className="flex flex-wrap gap-2">
        {choices.map(({ value, label }, place) => (
          <Radio
            key={value}
            isChosen={given === value}
            isReached={isOwn ? place === 0 : given === value}
            onChoose={() => onAnswer(value)}
            className="rounded-full bg-raised px-3.5 py-1.5 text-start shadow-[inset_0_0_0_1px_var(--color-line)] transition-colors hover:bg-hover aria-checked:bg-accent-wash aria-checked:text-accent-strong aria-checked:shadow-[inset_0_0_0_1.5px_var(--color-accent)]"
          >
            {label}
            {value === fallback && (
              <span className="ms-2 text-xs">{words.proposal}</span>
            )}
          </Radio>
        ))}
      </RadioGroup>
      <TextInput
        aria-label={`${words.ownAnswer}: ${text}`}
        placeholder={words.ownAnswer}
        value={isOwn ? given : ""}
        onChange={(event) => onAnswer(event.target.value)}
      />
    </section>
  );
}

function Brief({ film }: { film: FilmState }) {
  const { brief } = film;
  if (!brief) return null;
  const rows: [string, string][] = [
    [words.length, words.seconds(brief.seconds)],
    [words.aspect, brief.aspect],
    [words.style, brief.style],
    [words.tone, brief.tone],
    [words.audience, brief.audience],
    [words.voice, brief.voice],
  ];
  return (
    <aside
      aria-label={words.brief}
      className="h-fit rounded-panel bg-surface p-5 shadow-panel"
    >
      <h2 className="mb-2 text-xs text-faint">{words.brief}</h2>
      <p className="mb-4 text-base leading-6 font-medium text-pretty">
        {brief.prompt}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 border-t border-line pt-4">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd className={`text-end ${value ? "" : "text-faint"}`}>
              {value || words.none}
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}

function Answered({ questions }: { questions: readonly Question[] }) {
  if (questions.length === 0)
    return (
      <p className="rounded-panel bg-surface p-5 text-soft shadow-panel">
        {words.noQuestions}
      </p>
    );
  return (
    <section
      aria-label={words.answered}
      className="h-fit rounded-panel bg-surface p-5 shadow-panel"
    >
      <h2 className="mb-4 text-base font-semibold">{words.answered}</h2>
      <dl className="flex flex-col">
        {questions.map(({ id, text, choices, fallback, answer }) => {
          const given = answer ?? fallback;
          const label = choices.find(({ value }) => value === given)?.label;
          return (
            <div
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-t border-line py-3 first:border-t-0 first:pt-0 last:pb-0"
            >
              <dt className="text-soft">{text}</dt>
              <dd className="rounded-full bg-accent-wash px-3 py-1 font-medium text-accent-strong">
                {label ?? given}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** Where the questions will be, while they are thought of. */
function Thinking({ film }: { film: FilmState }) {
  return (
    <div className="flex flex-col gap-4">
      <Elapsed
        reason={words.thinking}
        since={film.changed}
        seconds={words.seconds}
      />
      {[72, 96, 56].map((width) => (
        <div
          key={width}
          className="flex flex-col gap-4 rounded-panel bg-surface p-5 shadow-panel"
        >
          <Skeleton className="h-5 w-2/5" />
          <div className="flex flex-wrap gap-2">
            <Skeleton className="h-8 w-28 rounded-full!" />
            <Skeleton className="h-8 w-20 rounded-full!" />
            <Skeleton className="h-8 w-24 rounded-full!" />
          </div>
          <Skeleton className="h-9" />
        </div>
      ))}
    </div>
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
        <h2 className="text-lg font-semibold tracking-tight">
          {words.heading}
        </h2>
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
      <div className="sticky -bottom-8 z-10 -mx-1 -mb-8 flex flex-wrap justify-end gap-3 bg-linear-to-t from-ground from-75% to-transparent px-1 pt-6 pb-4">
        <Button
          className="h-10"
          disabled={isSent}
          onClick={() => void send({})}
        >
          {words.skip}
        </Button>
        <Button
          type="submit"
          look="primary"
          className="h-10 px-5"
          disabled={isSent}
        >
          {words.begin}
        </Button>
      </div>
    </form>
  );
}

/** What is shown while, and after, the answers lead to a script. */
function Known({ film }: { film: FilmState }) {
  const isWriting = film.status === "working" && film.phase === "script";
  return (
    <div className="flex flex-col gap-4">
      {isWriting && (
        <Elapsed
          reason={words.writing}
          since={film.changed}
          seconds={words.seconds}
        />
      )}
      <Answered questions={film.questions ?? []} />
    </div>
  );
}

/** What the film is to be. */
export function Plan({ film }: { film: FilmState }) {
  const isAsking = film.status === "asking" && film.questions !== undefined;
  const isThinking = film.status === "working" && film.phase === "plan";
  return (
    <div className="grid w-full items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      {isAsking ? (
        <Questions film={film} />
      ) : isThinking && !film.questions ? (
        <Thinking film={film} />
      ) : (
        <Known film={film} />
      )}
      <Brief film={film} />
    </div>
  );
}
