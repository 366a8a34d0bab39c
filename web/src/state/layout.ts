import { create } from "zustand";
import { remember, remembered } from "@/state/remembered";

/** A panel beside the stage. */
export type PanelName = "media" | "captions" | "history" | "inspector";

/** Below the stage of a narrow page, too. */
export type PaneName = PanelName | "timeline";

/** How the editor is laid out; sizes are in rem, so that they grow with a large screen's text. */
export interface Layout {
  left: number;
  right: number;
  bottom: number;
  isLeftOpen: boolean;
  isRightOpen: boolean;
  /** The panel that is shown on the left, and the pane below a narrow stage. */
  leftPanel: PanelName;
  pane: PaneName;
}

/** The least and the most of each size. */
export const LAYOUT_LIMITS = {
  left: [13, 32],
  right: [15, 32],
  bottom: [8, 40],
} as const;

const PLACE = "cutroom.layout";

const USUAL: Layout = {
  left: 17,
  right: 18.5,
  bottom: 21,
  isLeftOpen: true,
  isRightOpen: true,
  leftPanel: "media",
  pane: "timeline",
};

/** Sizes and what is open; remembered. */
export const useLayout = create<Layout>(() => ({
  ...USUAL,
  ...remembered<Partial<Layout>>(PLACE, {}),
}));

/** Changes the layout, for good. */
export function setLayout(part: Partial<Layout>) {
  useLayout.setState(part);
  remember(PLACE, useLayout.getState());
}

/** Sets a size within its limits. */
export function setSize(side: keyof typeof LAYOUT_LIMITS, size: number) {
  const [least, most] = LAYOUT_LIMITS[side];
  setLayout({ [side]: Math.min(most, Math.max(least, size)) });
}

/** As it was at first. */
export const resetLayout = () => setLayout(USUAL);

/** Brings a panel to the front, wherever it is shown. */
export function showPanel(panel: PaneName) {
  if (panel === "timeline") return setLayout({ pane: panel });
  if (panel === "inspector")
    return setLayout({ isRightOpen: true, pane: panel });
  setLayout({ isLeftOpen: true, leftPanel: panel, pane: panel });
}
