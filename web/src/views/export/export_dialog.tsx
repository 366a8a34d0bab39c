import { useId, useState, type FormEvent } from "react";
import { captionsOf, exportSubtitles } from "@/actions/captions";
import { startExport } from "@/actions/start_export";
import type { Engine, FilmInfo } from "@/engine/engine";
import { Button } from "@/parts/button";
import { Dialog } from "@/parts/dialog";
import { Field, TextInput, Tick } from "@/parts/field";
import {
  EMPTY_FORM,
  fileNameOf,
  formOf,
  FORMATS,
  hasPicture,
  isPossible,
  mistakesOf,
  PRESETS,
  rateOf,
  sizeEstimate,
  wishesOf,
  type ExportForm,
  type Format,
  type Preset,
} from "@/state/export_form";
import { change, useSession, type Failure } from "@/state/session";
import { bytesName, clock, frameCount, secondsOf } from "@/state/time";
import { strings } from "@/strings";
import { PictureFields, SoundFields } from "./export_fields";

const words = strings.export;

function FormatCard({
  format,
  isChosen,
  isAble,
  group,
  onChoose,
}: {
  format: Format;
  isChosen: boolean;
  isAble: boolean;
  group: string;
  onChoose: () => void;
}) {
  const { name, note } = words.formats[format];
  return (
    <label className="flex cursor-pointer items-start gap-2.5 rounded-control p-2.5 shadow-[inset_0_0_0_1px_var(--color-line)] transition-colors hover:bg-hover has-checked:bg-accent-wash has-checked:shadow-[inset_0_0_0_1.5px_var(--color-accent)] has-disabled:cursor-not-allowed has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name={group}
        checked={isChosen}
        disabled={!isAble}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
        onChange={onChoose}
      />
      <span className="min-w-0 leading-tight">
        <span className="font-medium">{name}</span>
        <span className="block pt-0.5 text-xs text-faint">
          {isAble ? note : words.cannot}
        </span>
      </span>
    </label>
  );
}

function FormatChoice({
  engine,
  form,
  onChange,
}: {
  engine: Engine;
  form: ExportForm;
  onChange: (format: Format) => void;
}) {
  const group = useId();
  return (
    <fieldset>
      <legend className="pb-1.5 text-xs text-soft">{words.format}</legend>
      <div className="grid gap-2 min-[420px]:grid-cols-2">
        {FORMATS.map((format) => (
          <FormatCard
            key={format}
            format={format}
            group={group}
            isChosen={form.format === format}
            isAble={isPossible(format, engine.abilities)}
            onChoose={() => onChange(format)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The first format that this browser can write: what most people want, else the next. */
const firstForm = (engine: Engine): ExportForm => ({
  ...EMPTY_FORM,
  format:
    FORMATS.find((format) => isPossible(format, engine.abilities)) ?? "wav",
});

const presets = strings.presets;

function Presets({ onChoose }: { onChoose: (preset: Preset) => void }) {
  return (
    <div role="group" aria-label={presets.label} className="flex flex-col">
      <span className="pb-1.5 text-xs text-soft">{presets.label}</span>
      <div className="flex flex-wrap gap-1.5">
        {(Object.keys(PRESETS) as Preset[]).map((preset) => (
          <Button
            key={preset}
            className="h-8! rounded-full! px-3! text-[0.8125rem]"
            onClick={() => onChoose(preset)}
          >
            {presets.names[preset]}
          </Button>
        ))}
      </div>
    </div>
  );
}

function summaryOf(form: ExportForm, info: FilmInfo): string {
  const length = clock(secondsOf(info.duration));
  const bytes = sizeEstimate(form, info);
  const about = bytes === null ? "" : ` · ${presets.about(bytesName(bytes))}`;
  if (!hasPicture(form.format)) return words.sound(length) + about;
  const frames = frameCount(info.duration, rateOf(form, info));
  return words.summary(frames, length) + about;
}

function ExportBody({ engine, info }: { engine: Engine; info: FilmInfo }) {
  const [form, setForm] = useState(() => firstForm(engine));
  const [name, setName] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBeside, setBeside] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const mistakes = mistakesOf(form, info);
  const isWrong =
    Object.values(mistakes).some(Boolean) ||
    !isPossible(form.format, engine.abilities);
  const wishes = wishesOf(form, info);
  const set = (part: Partial<ExportForm>) => setForm({ ...form, ...part });
  const fileName = fileNameOf(name ?? info.title, wishes.format);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isWrong || isBusy) return;
    setBusy(true);
    const problem = await startExport(wishes, fileName);
    setFailure(problem);
    if (isBeside && !problem) exportSubtitles("srt");
    setBusy(false);
  };
  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => void submit(event)}
    >
      <div className="flex flex-col gap-5 overflow-y-auto px-5 pt-1 pb-5">
        <Presets
          onChoose={(preset) => {
            const next = formOf(preset, info);
            if (isPossible(next.format, engine.abilities)) setForm(next);
          }}
        />
        <FormatChoice
          engine={engine}
          form={form}
          onChange={(format) => set({ format })}
        />
        <PictureFields form={form} info={info} mistakes={mistakes} set={set} />
        <SoundFields form={form} mistakes={mistakes} set={set} />
        {!engine.abilities.savePicker && (
          <Field label={`${words.name}. ${words.toDownloads}`}>
            <TextInput
              value={name ?? info.title}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
        )}
        {captionsOf().length > 0 && (
          <Tick
            label={presets.subtitles}
            checked={isBeside}
            onChange={(event) => setBeside(event.target.checked)}
          />
        )}
        {failure && (
          <p role="alert" className="rounded-control bg-bad-wash p-3 text-bad">
            {failure.message}
          </p>
        )}
      </div>
      <footer className="flex flex-wrap items-center gap-3 border-t border-line px-5 py-3.5">
        <p className="me-auto text-xs text-faint tabular-nums">
          {summaryOf(form, info)}
        </p>
        <Button
          type="submit"
          look="primary"
          icon="export"
          disabled={isWrong || isBusy || info.duration === 0}
        >
          {words.go}
        </Button>
      </footer>
    </form>
  );
}

/** Asks what to export, and begins it. */
export function ExportDialog() {
  const engine = useSession((session) => session.engine);
  const open = useSession((session) => session.open);
  if (!engine || !open) return null;
  return (
    <Dialog
      title={words.heading}
      closeLabel={words.cancel}
      onClose={() =>
        change(({ dialog }) => ({
          dialog: dialog === "export" ? null : dialog,
        }))
      }
      className="max-w-xl"
    >
      <ExportBody engine={engine} info={open.film.info} />
    </Dialog>
  );
}
