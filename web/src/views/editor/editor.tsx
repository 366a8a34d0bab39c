import { useEffect, useRef, useState, type ReactNode } from "react";
import { Splitter } from "@/parts/splitter";
import { Tabs, type Tab } from "@/parts/tabs";
import {
  LAYOUT_LIMITS,
  resetLayout,
  setLayout,
  setSize,
  useLayout,
  type PaneName,
  type PanelName,
} from "@/state/layout";
import { strings } from "@/strings";

const words = strings.editor;

/** Widths in rem: with three columns, with two, and below that with one. */
const WIDE = 64;
const MEDIUM = 44;

type Width = "wide" | "medium" | "narrow";

/** How much room there is, in the text's own measure. */
function useRoom() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<Width>("wide");
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () => {
      const style = getComputedStyle(document.documentElement);
      const rem = element.clientWidth / parseFloat(style.fontSize);
      setWidth(rem >= WIDE ? "wide" : rem >= MEDIUM ? "medium" : "narrow");
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, width };
}

const PANEL = "min-h-0 min-w-0 rounded-panel bg-surface overflow-hidden";

/** Of the grid: a row of columns above the timeline, or the stage above one pane. */
function gridOf(width: Width, layout: ReturnType<typeof useLayout.getState>) {
  const { left, right, bottom, isLeftOpen, isRightOpen } = layout;
  const gap = "0.5rem";
  if (width === "narrow")
    return {
      gridTemplate: `"stage" minmax(9rem, 1fr) "pane" minmax(12rem, 44%) / minmax(0, 1fr)`,
      gap,
    };
  const lower = `minmax(0, ${bottom}rem)`;
  if (width === "medium")
    return {
      gridTemplate: `"stage s2 side" minmax(10rem, 1fr) "s3 s3 s3" ${gap} "bottom bottom bottom" ${lower} / minmax(0, 1fr) ${gap} ${Math.min(right, 19)}rem`,
    };
  const first = isLeftOpen ? `${left}rem ${gap}` : "0 0";
  const last = isRightOpen ? `${gap} ${right}rem` : "0 0";
  return {
    gridTemplate: `"side s1 stage s2 right" minmax(10rem, 1fr) "s3 s3 s3 s3 s3" ${gap} "bottom bottom bottom bottom bottom" ${lower} / ${first} minmax(0, 1fr) ${last}`,
  };
}

function Splitters({ width }: { width: Width }) {
  const layout = useLayout();
  if (width === "narrow") return null;
  return (
    <>
      {width === "wide" && layout.isLeftOpen && (
        <Splitter
          label={words.leftSize}
          axis="x"
          size={layout.left}
          limits={LAYOUT_LIMITS.left}
          onSize={(size) => setSize("left", size)}
          onReset={resetLayout}
          className="[grid-area:s1]"
        />
      )}
      {layout.isRightOpen && (
        <Splitter
          label={words.rightSize}
          axis="x"
          size={layout.right}
          limits={LAYOUT_LIMITS.right}
          isReversed
          onSize={(size) => setSize("right", size)}
          onReset={resetLayout}
          className="[grid-area:s2]"
        />
      )}
      <Splitter
        label={words.bottomSize}
        axis="y"
        size={layout.bottom}
        limits={LAYOUT_LIMITS.bottom}
        isReversed
        onSize={(size) => setSize("bottom", size)}
        onReset={resetLayout}
        className="[grid-area:s3]"
      />
    </>
  );
}

/** The editor's panels around the stage. The stage stays where it is in the tree: its canvas cannot move. */
export function Editor({
  panels,
  inspector,
  stage,
  timeline,
}: {
  panels: readonly Tab<PanelName>[];
  inspector: Tab<PanelName>;
  stage: ReactNode;
  timeline: Tab<PaneName>;
}) {
  const { place, width } = useRoom();
  const layout = useLayout();
  const isWide = width === "wide";
  const side = isWide ? panels : [inspector, ...panels];
  return (
    <div
      ref={place}
      className="grid min-h-0 flex-1"
      style={gridOf(width, layout)}
    >
      <div className="flex min-h-0 min-w-0 flex-col gap-2 [grid-area:stage]">
        {stage}
      </div>
      {width !== "narrow" && (!isWide || layout.isLeftOpen) && (
        <aside
          aria-label={words.panels}
          className={`${PANEL} flex flex-col [grid-area:side]`}
        >
          <Tabs
            label={words.panels}
            tabs={side}
            chosen={
              isWide
                ? layout.leftPanel
                : layout.pane === "timeline"
                  ? "inspector"
                  : layout.pane
            }
            onChoose={(id) =>
              setLayout(isWide ? { leftPanel: id } : { pane: id })
            }
            className="flex-1"
          />
        </aside>
      )}
      {isWide && layout.isRightOpen && (
        <aside
          aria-label={inspector.label}
          className={`${PANEL} flex flex-col [grid-area:right]`}
        >
          {inspector.content}
        </aside>
      )}
      {width === "narrow" ? (
        <div className={`${PANEL} flex flex-col [grid-area:pane]`}>
          <Tabs<PaneName>
            label={words.panels}
            tabs={[timeline, inspector, ...panels]}
            chosen={layout.pane}
            onChoose={(pane) => setLayout({ pane })}
            className="flex-1"
          />
        </div>
      ) : (
        <div className="flex min-h-0 min-w-0 flex-col [grid-area:bottom]">
          {timeline.content}
        </div>
      )}
      <Splitters width={width} />
    </div>
  );
}
