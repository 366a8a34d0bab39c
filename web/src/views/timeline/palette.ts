// The page's tokens as a canvas takes them.

const TOKENS = {
  ground: "ground",
  surface: "surface",
  raised: "raised",
  sunken: "sunken",
  hover: "hover",
  line: "line",
  edge: "edge",
  ink: "ink",
  soft: "soft",
  faint: "faint",
  accent: "accent",
  wash: "accent-wash",
  onAccent: "on-accent",
  bad: "bad",
  badWash: "bad-wash",
  picture: "picture",
  voice: "voice",
  music: "music",
  words: "words",
  onClip: "on-clip",
} as const;

export type Palette = Record<keyof typeof TOKENS, string> & {
  sans: string;
  mono: string;
};

/** The colours that hold now, in light or in dark, below [element]. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  const colours = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(--color-${token})`;
    return [name, style.color];
  });
  const { fontFamily: sans } = style;
  probe.style.fontFamily = "var(--font-mono)";
  const { fontFamily: mono } = style;
  probe.remove();
  return { ...Object.fromEntries(colours), sans, mono } as Palette;
}

/** Calls [changed] when light and dark change places, until the returned function is called. */
export function watchPalette(changed: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  return () => {
    query.removeEventListener("change", changed);
    observer.disconnect();
  };
}
