import {
  Choice,
  ColorField,
  Row,
  Segments,
  SmallButton,
} from "@/parts/controls";
import { NumberField } from "@/parts/number_field";
import type { TextStyle } from "@/state/project";
import { strings } from "@/strings";

const words = strings.inspector;
const { rows } = words;

type Full = Required<TextStyle>;
type NumberMember = {
  [K in keyof Full]: Full[K] extends number ? K : never;
}[keyof Full];
type ColorMember =
  `${"outline_" | "shadow_" | "box_" | "highlight_" | ""}color`;

interface Props {
  style: Full;
  onSet: (part: TextStyle) => void;
}

const FONTS = [
  { id: "", label: words.fonts.usual },
  { id: "Noto Serif", label: words.fonts.serif },
];
const WEIGHTS = [
  { id: "400", label: words.weights[400] },
  { id: "700", label: words.weights[700] },
];
const ALIGNS = (["left", "center", "right"] as const).map((id) => ({
  id,
  label: words.aligns[id],
  icon: id,
}));
const PLACES = (["top", "middle", "bottom"] as const).map((id) => ({
  id,
  label: words.places[id],
  icon: id,
}));

function Amount({
  style,
  onSet,
  member,
  label,
  ...bounds
}: Props & {
  member: NumberMember;
  label: string;
  unit?: string;
  min?: number;
  max?: number;
  step?: number;
}) {
  return (
    <NumberField
      label={label}
      value={style[member]}
      unit="px"
      min={0}
      max={10_000}
      {...bounds}
      className="flex-1"
      onSet={(value) => onSet({ [member]: value })}
    />
  );
}

function Color({
  style,
  onSet,
  member,
  label,
}: Props & { member: ColorMember; label: string }) {
  return (
    <div className="min-w-0 flex-1">
      <ColorField
        label={`${label}: ${rows.color}`}
        opacityLabel={words.opacityOf(label)}
        value={style[member]}
        onSet={(value) => onSet({ [member]: value })}
      />
    </div>
  );
}

/** Font, size, colour and place. */
export function StyleRows(props: Props) {
  const { style, onSet } = props;
  return (
    <>
      <Row label={rows.font}>
        <Choice
          label={rows.font}
          value={style.font === "Noto Sans" ? "" : style.font}
          choices={FONTS}
          onSet={(font) => onSet({ font })}
        />
      </Row>
      <Row label={rows.weight}>
        <Choice
          label={rows.weight}
          value={style.weight >= 600 ? "700" : "400"}
          choices={WEIGHTS}
          onSet={(weight) => onSet({ weight: Number(weight) })}
        />
        <SmallButton
          icon="italic"
          label={words.italic}
          isPressed={style.italic}
          onClick={() => onSet({ italic: !style.italic })}
        />
      </Row>
      <Row label={rows.size}>
        <Amount {...props} member="size" label={rows.size} min={1} />
      </Row>
      <Row label={rows.color}>
        <Color {...props} member="color" label={words.sections.text} />
      </Row>
      <Row label={rows.align}>
        <Segments
          label={rows.align}
          value={style.align}
          choices={ALIGNS}
          onSet={(align) => onSet({ align })}
        />
      </Row>
      <Row label={rows.place}>
        <Segments
          label={rows.place}
          value={style.vertical}
          choices={PLACES}
          onSet={(vertical) => onSet({ vertical })}
        />
      </Row>
      <Row label={rows.spacing}>
        <Amount
          {...props}
          member="letter_spacing"
          label={rows.spacing}
          min={-1000}
          max={1000}
        />
      </Row>
      <Row label={rows.lines}>
        <Amount
          {...props}
          member="line_spacing"
          label={rows.lines}
          unit="×"
          min={0.1}
          max={10}
          step={0.05}
        />
      </Row>
    </>
  );
}

/** What is around the letters. */
export function LookRows(props: Props) {
  return (
    <>
      <Row label={rows.outline}>
        <Color {...props} member="outline_color" label={rows.outline} />
      </Row>
      <Row label="">
        <Amount {...props} member="outline" label={rows.outline} step={0.5} />
      </Row>
      <Row label={rows.shadow}>
        <Color {...props} member="shadow_color" label={rows.shadow} />
      </Row>
      <Row label="">
        <Amount {...props} member="shadow" label={rows.shadow} step={0.5} />
      </Row>
      <Row label={rows.box}>
        <Color {...props} member="box_color" label={rows.box} />
      </Row>
      <Row label={rows.padding}>
        <Amount {...props} member="box_padding" label={rows.padding} />
      </Row>
      <Row label={rows.highlight}>
        <Color {...props} member="highlight_color" label={rows.highlight} />
      </Row>
      <Row label={rows.margin}>
        <Amount {...props} member="margin" label={rows.margin} />
      </Row>
      <Row label={rows.width}>
        <Amount {...props} member="width_max" label={rows.width} step={10} />
      </Row>
    </>
  );
}
