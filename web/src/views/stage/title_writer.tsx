import { useEffect, useRef, useState } from "react";
import { setClipValues } from "@/actions/inspect";
import {
  shownEdges,
  toCanvas,
  type ClipBox,
  type Size,
} from "@/state/clip_box";
import type { Clip, TextStyle } from "@/state/project";
import { setStageView } from "@/state/stage_view";
import { cssFont } from "@/state/text_ink";
import { strings } from "@/strings";

/** A title's text, written where it stands. */
export function TitleWriter({
  clip,
  box,
  style,
  canvas,
  scale,
}: {
  clip: Clip;
  box: ClipBox;
  style: Required<TextStyle>;
  canvas: Size;
  scale: number;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(clip.text ?? "");
  const isOver = useRef(false);
  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);
  const end = (isKept: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    setStageView({ writing: null });
    if (isKept && text !== (clip.text ?? ""))
      void setClipValues([clip], { text }, strings.inspector.edits.text);
  };
  const edges = shownEdges(box);
  const middle = toCanvas(box, {
    x: (edges.left + edges.right) / 2,
    y: (edges.top + edges.bottom) / 2,
  });
  const size = style.size * Math.abs(box.scaleY) * scale;
  const lines = text.split("\n").length;
  return (
    <textarea
      ref={area}
      dir="auto"
      aria-label={strings.stage.text}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") end(false);
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
          end(true);
      }}
      onPointerDown={(event) => event.stopPropagation()}
      className="absolute z-10 resize-none overflow-hidden bg-stage/85 p-0 text-on-stage caret-accent shadow-[0_0_0_2px_var(--color-accent)] outline-none"
      style={{
        left: (canvas.width / 2 + middle.x) * scale,
        top: (canvas.height / 2 + middle.y) * scale,
        width: `min(${canvas.width * scale}px, ${Math.max(8, (edges.right - edges.left) * Math.abs(box.scaleX) * scale * 1.15)}px)`,
        height: lines * size * 1.362 * style.line_spacing,
        transform: `translate(-50%, -50%) rotate(${box.rotation}deg)`,
        font: `${style.italic ? "italic " : ""}${style.weight >= 600 ? 700 : 400} ${size}px/${1.362 * style.line_spacing} ${cssFont(style.font)}`,
        letterSpacing: style.letter_spacing * scale,
        textAlign: style.align,
        color: style.color.slice(0, 7),
      }}
    />
  );
}
