import type { FilmInfo } from "@/engine/engine";
import { Field, Select, TextInput, Tick } from "@/parts/field";
import {
  canHaveCaptions,
  hasBitRate,
  hasPicture,
  hasSoundRate,
  QUALITIES,
  RATES,
  SIZE_MAX,
  SIZE_MIN,
  sizesOf,
  type ExportForm,
  type mistakesOf,
  type QualityChoice,
} from "@/state/export_form";
import { rateName } from "@/state/time";
import { strings } from "@/strings";

const words = strings.export;

interface Fields {
  form: ExportForm;
  mistakes: ReturnType<typeof mistakesOf>;
  set: (part: Partial<ExportForm>) => void;
}

function SizeChoice({ form, info, set }: Fields & { info: FilmInfo }) {
  return (
    <Field label={words.size}>
      <Select
        value={form.size}
        onChange={(event) =>
          set({
            size: event.target.value,
            width: form.width || String(info.width),
            height: form.height || String(info.height),
          })
        }
      >
        <option value="film">
          {words.sizeAsFilm(info.width, info.height)}
        </option>
        {sizesOf(info).map(({ lines, width, height }) => (
          <option key={lines} value={lines}>
            {words.sizeLines(lines, width, height)}
          </option>
        ))}
        <option value="own">{words.sizeOwn}</option>
      </Select>
    </Field>
  );
}

function OwnSize({ form, mistakes, set }: Fields) {
  if (form.size !== "own") return null;
  return (
    <div className="col-span-full flex flex-col gap-1">
      <div className="grid grid-cols-2 gap-3">
        {(["width", "height"] as const).map((side) => (
          <Field key={side} label={words[side]}>
            <TextInput
              inputMode="numeric"
              value={form[side]}
              aria-invalid={mistakes.size}
              onChange={(event) => set({ [side]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      {mistakes.size && (
        <p role="alert" className="text-xs text-bad">
          {words.sizeWrong(SIZE_MIN, SIZE_MAX)}
        </p>
      )}
    </div>
  );
}

function RateChoice({ form, info, set }: Fields & { info: FilmInfo }) {
  return (
    <Field label={words.rate}>
      <Select
        value={form.rate}
        onChange={(event) => set({ rate: event.target.value })}
      >
        <option value="film">{words.rateAsFilm(rateName(info.rate))}</option>
        {RATES.map((rate, place) => (
          <option key={rateName(rate)} value={place}>
            {words.ratePer(rateName(rate))}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function QualityFields({ form, mistakes, set }: Fields) {
  return (
    <>
      <Field label={words.quality}>
        <Select
          value={form.quality}
          onChange={(event) =>
            set({ quality: event.target.value as QualityChoice })
          }
        >
          {QUALITIES.map((quality) => (
            <option key={quality} value={quality}>
              {words.qualities[quality]}
            </option>
          ))}
        </Select>
      </Field>
      {form.quality === "own" && (
        <Field label={words.bitRate}>
          <TextInput
            inputMode="decimal"
            value={form.bitRate}
            aria-invalid={mistakes.bitRate}
            onChange={(event) => set({ bitRate: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}

/** What decides the picture. */
export function PictureFields(fields: Fields & { info: FilmInfo }) {
  const { form, set } = fields;
  if (!hasPicture(form.format)) return null;
  return (
    <div className="grid grid-cols-1 gap-3 min-[420px]:grid-cols-2">
      <SizeChoice {...fields} />
      <RateChoice {...fields} />
      <OwnSize {...fields} />
      {hasBitRate(form.format) && <QualityFields {...fields} />}
      <div className="col-span-full flex flex-col gap-3 pt-1">
        {canHaveCaptions(form.format) && (
          <Tick
            label={words.captions}
            checked={form.hasCaptions}
            onChange={(event) => set({ hasCaptions: event.target.checked })}
          />
        )}
        <Tick
          label={words.exact}
          note={words.exactWhy}
          checked={form.isExact}
          onChange={(event) => set({ isExact: event.target.checked })}
        />
      </div>
    </div>
  );
}

/** What decides the sound. */
export function SoundFields({ form, mistakes, set }: Fields) {
  if (!hasSoundRate(form.format)) return null;
  const isShown = form.format === "m4a" || form.quality === "own";
  if (!isShown) return null;
  return (
    <Field label={words.soundRate} className="max-w-40">
      <TextInput
        inputMode="numeric"
        value={form.soundRate}
        aria-invalid={mistakes.soundRate}
        onChange={(event) => set({ soundRate: event.target.value })}
      />
    </Field>
  );
}
