// About where the letters of a text are, for its handles: the engine's fonts, measured by the browser.
import { useEffect, useState } from "react";
import type { Edges, Size } from "@/state/clip_box";
import type { TextStyle } from "@/state/project";

type Full = Required<TextStyle>;

/** Of the canvas, kept free at each side where a style names no width. */
const SAFE = 0.1;

/** Ascent and descent of the shipped fonts, in parts of the size. */
const LINE = 1.362;

const FACES = {
  "Noto Sans": ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"],
  "Noto Serif": ["NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf"],
} as const;

const OURS = "Cutroom ";

let loading: Promise<unknown> | null = null;

function load(): Promise<unknown> {
  const faces = Object.entries(FACES).flatMap(([family, files]) =>
    files.map((file, place) => {
      const address = new URL(`./engine/fonts/${file}`, document.baseURI);
      const weight = place === 0 ? "400" : "700";
      return new FontFace(OURS + family, `url(${address.href})`, { weight });
    }),
  );
  return Promise.allSettled(
    faces.map(async (face) => document.fonts.add(await face.load())),
  );
}

/** True once the fonts can be measured; they are loaded when they are wanted. */
export function useFonts(isWanted: boolean): boolean {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    loading ??= load();
    void loading.then(() => setThere(true));
  }, [isWanted]);
  return isThere;
}

let context: OffscreenCanvasRenderingContext2D | null = null;

/** Lines as they break at [width]. */
function linesOf(
  text: string,
  width: number,
  measure: (text: string) => number,
) {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const next = line === "" ? word : `${line} ${word}`;
      if (line !== "" && measure(next) > width) {
        lines.push(line);
        line = word;
      } else line = next;
    }
    return [...lines, line];
  });
}

/** The CSS family that stands for a style's font. */
export const cssFont = (font: string): string =>
  `"${OURS}${font === "Noto Serif" ? "Noto Serif" : "Noto Sans"}"`;

/** From the middle of the canvas. */
export function inkOf(text: string, style: Full, canvas: Size): Edges {
  context ??= new OffscreenCanvas(1, 1).getContext("2d");
  const weight = style.weight >= 600 ? 700 : 400;
  const italic = style.italic ? "italic " : "";
  if (context)
    context.font = `${italic}${weight} ${style.size}px ${cssFont(style.font)}`;
  const measure = (line: string) =>
    (context?.measureText(line).width ?? 0) +
    style.letter_spacing * [...line].length;
  const room = style.width_max || canvas.width * (1 - 2 * SAFE);
  const lines = linesOf(text, room, measure);
  const width = Math.max(style.size / 2, ...lines.map(measure));
  const height = lines.length * style.size * LINE * style.line_spacing;
  const edge = canvas.width / 2 - style.margin;
  const left =
    style.align === "left"
      ? -edge
      : style.align === "right"
        ? edge - width
        : -width / 2;
  const low = canvas.height / 2 - style.margin;
  const top =
    style.vertical === "top"
      ? -low
      : style.vertical === "bottom"
        ? low - height
        : -height / 2;
  return { left, top, right: left + width, bottom: top + height };
}
