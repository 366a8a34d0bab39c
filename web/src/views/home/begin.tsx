import { useState } from "react";
import { startFilm } from "@/actions/studio/shelf";
import { Button } from "@/parts/button";
import { Select, Tick } from "@/parts/field";
import { Icon } from "@/parts/icon";
import { TextArea } from "@/parts/text_area";
import { strings } from "@/strings";

const words = strings.home;

interface Wish {
  prompt: string;
  script: string | null;
  seconds: string;
  aspect: string;
  asks: boolean;
}

const NOTHING: Wish = {
  prompt: "",
  script: null,
  seconds: "30",
  aspect: "16:9",
  asks: true,
};

function Wishes({
  wish,
  onWish,
}: {
  wish: Wish;
  onWish: (part: Partial<Wish>) => void;
}) {
  return (
    <>
      <Select
        aria-label={words.length}
        className="w-auto!"
        value={wish.seconds}
        onChange={(event) => onWish({ seconds: event.target.value })}
      >
        {Object.entries(words.lengths).map(([seconds, name]) => (
          <option key={seconds} value={seconds}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label={words.aspect}
        className="w-auto!"
        value={wish.aspect}
        onChange={(event) => onWish({ aspect: event.target.value })}
      >
        {Object.entries(words.aspects).map(([aspect, name]) => (
          <option key={aspect} value={aspect}>
            {name}
          </option>
        ))}
      </Select>
      <Button
        look="quiet"
        icon="words"
        aria-expanded={wish.script !== null}
        onClick={() => onWish({ script: wish.script === null ? "" : null })}
      >
        {wish.script === null ? words.script : words.noScript}
      </Button>
    </>
  );
}

function Ideas({ onChoose }: { onChoose: (part: Partial<Wish>) => void }) {
  return (
    <section aria-label={words.ideas} className="w-full">
      <h2 className="mb-2 text-center text-xs text-faint">{words.ideas}</h2>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-2">
        {words.templates.map(({ name, prompt, seconds, aspect }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() =>
                onChoose({ prompt, seconds: String(seconds), aspect })
              }
              className="flex h-full w-full flex-col gap-1 rounded-panel bg-surface p-3.5 text-left shadow-[inset_0_0_0_1px_var(--color-line)] transition-colors hover:bg-hover"
            >
              <span className="text-xs font-medium text-accent-strong">
                {name}
              </span>
              <span className="text-soft text-pretty">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** From a sentence to a film. */
export function Begin() {
  const [wish, setWish] = useState(NOTHING);
  const [isBusy, setBusy] = useState(false);
  const onWish = (part: Partial<Wish>) => setWish({ ...wish, ...part });
  const isEmpty = !wish.prompt.trim() && !wish.script?.trim();
  const begin = async () => {
    if (isEmpty || isBusy) return;
    setBusy(true);
    const script = wish.script?.trim();
    await startFilm({
      prompt: wish.prompt.trim() || (script ?? "").slice(0, 200),
      seconds: Number(wish.seconds),
      aspect: wish.aspect,
      asks: wish.asks,
      ...(script ? { script } : {}),
    });
    setBusy(false);
  };
  return (
    <form
      className="flex w-full max-w-3xl flex-col items-center gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <div className="flex flex-col gap-2 text-center">
        <h1 className="text-3xl font-semibold tracking-tight text-balance">
          {words.heading}
        </h1>
        <p className="mx-auto max-w-xl text-soft text-pretty">{words.lead}</p>
      </div>
      <div className="flex w-full flex-col gap-3 rounded-[1.25rem] bg-surface p-3 shadow-panel">
        <TextArea
          aria-label={words.promptLabel}
          placeholder={words.promptHint}
          value={wish.prompt}
          maxLength={4000}
          className="min-h-16 bg-transparent! text-base shadow-none!"
          onChange={(event) => onWish({ prompt: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            void begin();
          }}
        />
        {wish.script !== null && (
          <TextArea
            aria-label={words.scriptLabel}
            placeholder={words.scriptHint}
            value={wish.script}
            rows={5}
            onChange={(event) => onWish({ script: event.target.value })}
          />
        )}
        <div className="flex flex-wrap items-center gap-2">
          <Wishes wish={wish} onWish={onWish} />
          <Button
            type="submit"
            look="primary"
            className="ml-auto h-10 px-5"
            disabled={isEmpty || isBusy}
          >
            {isBusy ? words.beginning : words.begin}
            <Icon name="later" className="size-4" />
          </Button>
        </div>
        <div className="px-1">
          <Tick
            label={words.asks}
            checked={wish.asks}
            onChange={(event) => onWish({ asks: event.target.checked })}
          />
        </div>
      </div>
      <Ideas onChoose={onWish} />
    </form>
  );
}
