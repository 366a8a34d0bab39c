/** Drawings of 24 by 24, in the colour of the text around them. */
const PATHS = {
  play: "M8 5.5v13l11-6.5z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  stepBack: "M7 6h2v12H7zM18 6v12l-8-6z",
  stepOn: "M15 6h2v12h-2zM6 6v12l8-6z",
  toStart: "M5 6h2v12H5zM19 6v12l-6-4.5V18l-6-6 6-6v4.5z",
  toEnd: "M17 6h2v12h-2zM5 6v12l6-4.5V18l6-6-6-6v4.5z",
  loop: "M7 7h9V4l5 4.5-5 4.5v-3H9v4H7zM17 17H8v3l-5-4.5 5-4.500v3h7v-4h2z",
  sound:
    "M4 9.500v5h3.500L12 19V5L7.5 9.500zM14.5 8.200a4.5 4.5 0 0 1 0 7.600zM14.5 4.500a8 8 0 0 1 0 15v-2a6 6 0 0 0 0-11z",
  muted:
    "M4 9.500v5h3.500L12 19V5L7.5 9.500zM15 9.400l1.4-1.4 2.1 2.100L20.6 8 22 9.400l-2.1 2.1 2.1 2.1-1.4 1.4-2.1-2.1-2.1 2.1-1.4-1.4 2.1-2.100z",
  full: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
  small: "M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z",
  folder:
    "M3 6.500A1.5 1.5 0 0 1 4.5 5h4.600l2 2.200h8.400A1.5 1.5 0 0 1 21 8.700v8.800a1.5 1.5 0 0 1-1.5 1.500h-15A1.5 1.5 0 0 1 3 17.500z",
  media:
    "M4 5h16v14H4zm2 2v2h2V7zm0 4v2h2v-2zm0 4v2h2v-2zm10-8v2h2V7zm0 4v2h2v-2zm0 4v2h2v-2z",
  export:
    "M11 15V7.800L8.4 10.4 7 9l5-5 5 5-1.4 1.400L13 7.800V15zM5 14h2v4h10v-4h2v6H5z",
  download:
    "M11 4h2v7.200l2.6-2.600L17 10l-5 5-5-5 1.4-1.4 2.6 2.600zM5 14h2v4h10v-4h2v6H5z",
  close:
    "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.400L12 13.4 6.4 19 5 17.6 10.6 12 5 6.400z",
  keyboard:
    "M3 7h18v11H3zm2 2v2h2V9zm3 0v2h2V9zm3 0v2h2V9zm3 0v2h2V9zm3 0v2h2V9zM7 13v3h10v-3z",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM11 2h2v3h-2zM11 19h2v3h-2zM2 11h3v2H2zM19 11h3v2h-3zM4.2 5.6 5.6 4.200l2.1 2.1-1.4 1.400zM16.3 17.700l1.4-1.4 2.1 2.1-1.4 1.400zM4.2 18.400l2.1-2.1 1.4 1.4-2.1 2.100zM16.3 6.300l2.1-2.1 1.4 1.4-2.1 2.100z",
  moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z",
  system: "M3 5h18v11H3zm2 2v7h14V7zM8 18h8v2H8z",
  done: "M9.5 16.2 5.3 12l-1.4 1.4 5.6 5.600L20.6 7.900l-1.4-1.400z",
  warn: "M12 3 2 20h20zm-1 6h2v6h-2zm0 7.500h2v2h-2z",
  picture:
    "M4 5h16v14H4zm2 2v8l3.5-4 3 3.5 2-2L18 16V7zm9 1.500a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z",
  words: "M5 5h14v3h-2V7h-4v10h2v2H9v-2h2V7H7v1H5z",
  note: "M9 5l10-2v12.500a2.5 2.5 0 1 1-2-2.450V7.400l-6 1.200v9.400a2.5 2.5 0 1 1-2-2.450z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({
  name,
  className = "size-5",
}: {
  name: IconName;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`shrink-0 ${className}`}
      fill="currentColor"
      fillRule="evenodd"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
