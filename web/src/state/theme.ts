import { create } from "zustand";

export type Theme = "system" | "light" | "dark";

const PLACE = "cutroom.theme";

function remembered(): Theme {
  try {
    const value = localStorage.getItem(PLACE);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system"; // a page that may not keep anything follows the system
  }
}

function show(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Light, dark, or as the system has it; remembered. */
export const useTheme = create<{ theme: Theme; choose(theme: Theme): void }>(
  (set) => {
    show(remembered());
    return {
      theme: remembered(),
      choose(theme) {
        show(theme);
        set({ theme });
        try {
          localStorage.setItem(PLACE, theme);
        } catch {
          // It holds until the page is closed.
        }
      },
    };
  },
);
