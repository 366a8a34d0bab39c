import { setProjectStyle, setSettings, setTitle } from "@/actions/inspect";
import { Choice, ColorField, Row } from "@/parts/controls";
import { TextInput } from "@/parts/field";
import { NumberField } from "@/parts/number_field";
import { Section } from "@/parts/section";
import type { Project } from "@/state/project";
import { fullStyle } from "@/state/text_style";
import { strings } from "@/strings";
import { LookRows, StyleRows } from "./style_rows";

const words = strings.inspector;
const { rows } = words;

const RATES = [
  "24000/1001",
  "24",
  "25",
  "30000/1001",
  "30",
  "50",
  "60000/1001",
  "60",
];
const CHOICES = {
  matrix: ["bt709", "bt601", "bt2020"],
  range: ["limited", "full"],
  primaries: ["bt709", "bt601-625", "bt601-525", "bt2020", "p3"],
  transfer: ["bt709", "linear", "srgb", "pq", "hlg"],
} as const;

const rateLabel = (rate: string) => {
  const [num = 0, den = 1] = rate.split("/").map(Number);
  return String(Math.round((num / den) * 1000) / 1000);
};

function Picture({ project }: { project: Project }) {
  const { settings } = project;
  const { width = 1920, height = 1080, background = "#000000ff" } = settings;
  const rate = String(settings.frame_rate ?? 30);
  const size = `${width}x${height}`;
  const format = (
    size in words.formats ? size : "own"
  ) as keyof typeof words.formats;
  return (
    <Section title={words.sections.canvas}>
      <Row label={rows.preset}>
        <Choice
          label={rows.preset}
          value={format}
          choices={(
            Object.keys(words.formats) as (keyof typeof words.formats)[]
          ).map((id) => ({ id, label: words.formats[id] }))}
          onSet={(id) => {
            if (id === "own") return;
            const [wide = 1920, high = 1080] = id.split("x").map(Number);
            void setSettings({ width: wide, height: high });
          }}
        />
      </Row>
      <Row label={rows.canvas}>
        {(["width", "height"] as const).map((side) => (
          <NumberField
            key={side}
            label={strings.export[side]}
            letter={side === "width" ? "W" : "H"}
            value={side === "width" ? width : height}
            min={16}
            max={16_384}
            step={2}
            digits={0}
            className="flex-1"
            onSet={(value) => void setSettings({ [side]: value })}
          />
        ))}
      </Row>
      <Row label={rows.rate}>
        <Choice
          label={rows.rate}
          value={rate}
          choices={[...new Set([...RATES, rate])].map((id) => ({
            id,
            label: rateLabel(id),
          }))}
          onSet={(id) =>
            void setSettings({
              frame_rate: id.includes("/") ? id : Number(id),
            })
          }
        />
      </Row>
      <Row label={rows.background}>
        <div className="min-w-0 flex-1">
          <ColorField
            label={rows.background}
            opacityLabel={words.opacityOf(rows.background)}
            value={background}
            onSet={(value) => void setSettings({ background: value })}
          />
        </div>
      </Row>
    </Section>
  );
}

function Loudness({ project }: { project: Project }) {
  const { loudness = -14, peak = -1 } = project.settings;
  return (
    <Section title={words.sections.loudness}>
      <Row label={rows.loudness}>
        <NumberField
          label={rows.loudness}
          value={loudness}
          unit="LUFS"
          min={-70}
          max={0}
          step={0.5}
          className="flex-1"
          onSet={(value) => void setSettings({ loudness: value })}
        />
      </Row>
      <Row label={rows.peak}>
        <NumberField
          label={rows.peak}
          value={peak}
          unit="dBTP"
          min={-20}
          max={0}
          step={0.1}
          className="flex-1"
          onSet={(value) => void setSettings({ peak: value })}
        />
      </Row>
      <p className="text-xs text-faint">{words.asMixed}</p>
    </Section>
  );
}

function ColorSpace({ project }: { project: Project }) {
  const settings = project.settings as Record<string, unknown>;
  return (
    <Section title={words.sections.color} isOpenFirst={false}>
      {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => (
        <Row key={name} label={rows[name]}>
          <Choice
            label={rows[name]}
            value={String(settings[name] ?? CHOICES[name][0])}
            choices={CHOICES[name].map((id) => ({ id, label: id }))}
            onSet={(value) => void setSettings({ [name]: value })}
          />
        </Row>
      ))}
    </Section>
  );
}

/** What holds for the whole film. */
export function ProjectPanel({ project }: { project: Project }) {
  const { title = "" } = project;
  return (
    <>
      <Section title={words.project}>
        <Row label={rows.title}>
          <TextInput
            key={title}
            aria-label={rows.title}
            defaultValue={title}
            className="h-7.5! text-[0.8125rem]"
            onBlur={(event) => {
              if (event.target.value !== title)
                void setTitle(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") event.currentTarget.blur();
            }}
          />
        </Row>
      </Section>
      <Picture project={project} />
      <Loudness project={project} />
      <ColorSpace project={project} />
      {(["caption", "title"] as const).map((kind) => {
        const member = `${kind}_style` as const;
        const props = {
          style: fullStyle(project[member], kind),
          onSet: (part: object) => void setProjectStyle(member, part),
        };
        return (
          <Section
            key={kind}
            title={words.sections[`${kind}s`]}
            isOpenFirst={false}
          >
            <StyleRows {...props} />
            <LookRows {...props} />
          </Section>
        );
      })}
    </>
  );
}
