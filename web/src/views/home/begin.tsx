import { useRef, useState } from "react";
import { startFilm } from "@/actions/studio/shelf";
import { Button } from "@/parts/button";
import { Select } from "@/parts/field";
import { Icon } from "@/parts/icon";
import { TextArea } from "@/parts/text_area";
import { strings } from "@/strings";
import { Art } from "./art";

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
        className="px-2.5!"
        aria-expanded={wish.script !== null}
        onClick={() => onWish({ script: wish.script === null ? "" : null })}
      >
        {wish.script === null ? words.script : words.noScript}
      </Button>
      <Button
        look="quiet"
        icon={wish.asks ? "done" : "close"}
        className="px-2.5!"
        role="switch"
        aria-checked={wish.asks}
        onClick={() => onWish({ asks: !wish.asks })}
      >
        {words.asks}
      </Button>
    </>
  );
}

interface IdeasProps {
  onChoose: (part: Partial<Wish>) => void;
}

const wishOf = ({
  prompt,
  seconds,
  aspect,
}: (typeof words.templates)[number]) => ({
  prompt,
  seconds: String(seconds),
  aspect,
});

/** What a film could be about, drawn. */
function Ideas({ onChoose }: IdeasProps) {
  return (
    <section aria-label={words.ideas} className="w-full">
      <h2 className="mb-3 text-center text-soft">{words.ideas}</h2>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {words.templates.map((template) => (
          <li key={template.art}>
            <button
              type="button"
              onClick={() => onChoose(wishOf(template))}
              className="group flex h-full w-full flex-col overflow-hidden rounded-panel bg-surface text-start shadow-panel transition-shadow hover:shadow-dialog"
            >
              <span className="block aspect-video w-full overflow-hidden bg-sunken">
                <span className="block size-full transition-transform duration-300 group-hover:scale-104">
                  <Art name={template.art} />
                </span>
              </span>
              <span className="flex flex-col gap-0.5 p-3">
                <span className="font-medium">{template.name}</span>
                <span className="text-xs text-soft text-pretty">
                  {template.prompt}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same in one line, where films are there to be shown. */
function FewIdeas({ onChoose }: IdeasProps) {
  return (
    <ul
      aria-label={words.ideas}
      className="flex w-full flex-wrap justify-center gap-2 lg:w-[calc(100%+10rem)]"
    >
      {words.templates.map((template) => (
        <li key={template.art}>
          <button
            type="button"
            title={template.prompt}
            onClick={() => onChoose(wishOf(template))}
            className="flex items-center gap-2 rounded-full bg-surface py-1 ps-1 pe-3.5 text-soft shadow-[inset_0_0_0_1px_var(--color-line)] transition-colors hover:bg-hover hover:text-ink"
          >
            <span className="block size-6 overflow-hidden rounded-full">
              <Art name={template.art} />
            </span>
            {template.name}
          </button>
        </li>
      ))}
    </ul>
  );
}

const LONGEST_TITLE = 200;

/** From a sentence to a film. */
export function Begin({ hasFilms }: { hasFilms: boolean }) {
  const [wish, setWish] = useState(NOTHING);
  const [isBusy, setBusy] = useState(false);
  const prompt = useRef<HTMLDivElement>(null);
  const onWish = (part: Partial<Wish>) => setWish({ ...wish, ...part });
  const onChoose = (part: Partial<Wish>) => {
    onWish(part);
    prompt.current?.querySelector("textarea")?.focus();
  };
  const isEmpty = !wish.prompt.trim() && !wish.script?.trim();
  const begin = async () => {
    if (isEmpty || isBusy) return;
    setBusy(true);
    const script = wish.script?.trim();
    await startFilm({
      prompt: wish.prompt.trim() || (script ?? "").slice(0, LONGEST_TITLE),
      seconds: Number(wish.seconds),
      aspect: wish.aspect,
      asks: wish.asks,
      ...(script ? { script } : {}),
    });
    setBusy(false);
  };
  return (
    <form
      className="flex w-full max-w-3xl flex-col items-center gap-7 pt-4 sm:pt-10"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <div className="flex flex-col gap-3 text-center">
        <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">
          {words.heading}
        </h1>
        <p className="mx-auto max-w-xl text-base text-soft text-pretty">
          {words.lead}
        </p>
      </div>
      <div
        ref={prompt}
        className="glow relative flex w-full flex-col gap-2 rounded-[1.25rem] bg-surface p-3 shadow-dialog transition-shadow focus-within:outline-2 focus-within:outline-accent"
      >
        <TextArea
          aria-label={words.promptLabel}
          placeholder={words.promptHint}
          value={wish.prompt}
          maxLength={4000}
          className="min-h-20 bg-transparent! text-lg! leading-7 shadow-none! outline-none!"
          onChange={(event) => onWish({ prompt: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            void begin();
          }}
        />
        {wish.script !== null && (
          <TextArea
            autoFocus
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
            className="ms-auto h-10 px-5 max-sm:w-full"
            disabled={isEmpty || isBusy}
          >
            {isBusy ? words.beginning : words.begin}
            <Icon name="later" className="size-4 rtl:-scale-x-100" />
          </Button>
        </div>
      </div>
      {hasFilms ? (
        <FewIdeas onChoose={onChoose} />
      ) : (
        <Ideas onChoose={onChoose} />
      )}
    </form>
  );
}
