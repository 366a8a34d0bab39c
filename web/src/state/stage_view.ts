import { create } from "zustand";

/** How the stage shows the picture. */
export interface StageView {
  /** 1: one pixel of the film is one of the page. */
  zoom: "fit" | 0.5 | 1 | 2;
  hasGuides: boolean;
  /** The handles crop instead of scaling. */
  isCropping: boolean;
  /** A title whose text is being written on the stage. */
  writing: string | null;
}

export const useStageView = create<StageView>(() => ({
  zoom: "fit",
  hasGuides: false,
  isCropping: false,
  writing: null,
}));

export const setStageView = useStageView.setState;
