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
  open: "M9 5.500 15.500 12 9 18.500l-1.400-1.400 5.100-5.100-5.100-5.100z",
  keyframe:
    "M12 4.500 19.500 12 12 19.500 4.500 12zm0 2.900L7.400 12l4.600 4.600 4.600-4.600z",
  keyframeOn: "M12 4.500 19.500 12 12 19.500 4.500 12z",
  earlier:
    "M15 5.500 8.500 12l6.500 6.500 1.400-1.400-5.100-5.100 5.100-5.100z",
  later: "M9 5.500 15.500 12 9 18.500l-1.400-1.400 5.100-5.100-5.100-5.100z",
  curve: "M4 20v-2c6 0 6-14 16-14v2c-8 0-8 14-16 14z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  trash:
    "M9 4h6l1 2h4v2H4V6h4zM6 9h12l-1 11.500H7zm3.500 2 .4 7.500h1.500l-.3-7.500zm3.400 0-.3 7.500h1.500l.4-7.500z",
  up: "M12 6l6 6-1.400 1.400L13 9.800V18h-2V9.800l-3.600 3.600L6 12z",
  down: "M12 18l-6-6 1.400-1.400 3.600 3.600V6h2v8.200l3.600-3.600L18 12z",
  eye: "M12 6c4.500 0 8 3 9.500 6-1.500 3-5 6-9.500 6s-8-3-9.500-6c1.500-3 5-6 9.500-6zm0 2.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z",
  eyeOff:
    "M4 3 21 20l-1.400 1.400-3.300-3.300c-1.300.6-2.700.9-4.300.9-4.500 0-8-3-9.500-6 .8-1.600 2.100-3.200 3.900-4.300L2.600 4.400zM12 6c4.500 0 8 3 9.500 6-.5 1.100-1.300 2.200-2.300 3.100l-3.800-3.800A3.500 3.500 0 0 0 11.700 8L9.900 6.300C10.600 6.100 11.300 6 12 6z",
  chain:
    "M10 7H7a5 5 0 0 0 0 10h3v-2H7a3 3 0 0 1 0-6h3zm4 0h3a5 5 0 0 1 0 10h-3v-2h3a3 3 0 0 0 0-6h-3zm-6 4h8v2H8z",
  reset: "M12 5a7 7 0 1 1-6.700 5h2.100A5 5 0 1 0 12 7v3L7 6l5-4z",
  flipX: "M11 3h2v18h-2zM9 6v12H3zm6 0 6 12h-6z",
  flipY: "M3 11v2h18v-2zM6 9h12V3zm0 6h12L6 21z",
  search:
    "M10.500 4a6.500 6.500 0 0 1 5.200 10.400l4.700 4.700-1.400 1.400-4.700-4.700A6.500 6.500 0 1 1 10.500 4zm0 2a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z",
  more: "M5 10h3.500v3.500H5zm5.300 0h3.500v3.500h-3.500zm5.200 0H19v3.500h-3.500z",
  left: "M4 5h16v2H4zm0 6h10v2H4zm0 6h16v2H4z",
  center: "M4 5h16v2H4zm3 6h10v2H7zm-3 6h16v2H4z",
  right: "M4 5h16v2H4zm6 6h10v2H10zm-6 6h16v2H4z",
  top: "M4 4h16v2H4zm5 4h6v12H9z",
  middle: "M3 11h5V6h8v5h5v2h-5v5H8v-5H3z",
  bottom: "M4 18h16v2H4zm5-14h6v12H9z",
  history:
    "M12 4a8 8 0 1 1-7.700 5.800l1.900.6A6 6 0 1 0 12 6v3L7 5l5-4zm-1 5h2v3.600l2.700 1.600-1 1.700L11 13.800z",
  undo: "M9 5v4h5.500a5.500 5.500 0 0 1 0 11H8v-2h6.500a3.500 3.500 0 0 0 0-7H9v4l-6-5z",
  redo: "M15 5v4H9.500a5.500 5.500 0 0 0 0 11H16v-2H9.500a3.500 3.500 0 0 1 0-7H15v4l6-5z",
  split: "M11 3h2v18h-2zM3 8h6v2H5v4h4v2H3zm12 0h6v8h-6v-2h4v-4h-4z",
  merge: "M3 8h8v8H3zm10 0h8v8h-8zm-8 2v4h4v-4zm10 0v4h4v-4z",
  guides: "M3 3h18v18H3zm2 2v14h14V5zm3 3h8v8H8zm1.500 1.500v5h5v-5z",
  panelLeft: "M3 5h18v14H3zm2 2v10h4V7z",
  panelRight: "M3 5h18v14H3zm12 2v10h4V7z",
  effects:
    "M12 3l2.200 5.800L20 11l-5.800 2.200L12 19l-2.200-5.800L4 11l5.800-2.200z",
  italic: "M10 5h8v2h-2.800l-2.700 10H15v2H7v-2h2.800l2.700-10H10z",
  command:
    "M8 4a3 3 0 0 1 3 3v2h2V7a3 3 0 1 1 3 3h-2v4h2a3 3 0 1 1-3 3v-2h-2v2a3 3 0 1 1-3-3h2v-4H8a3 3 0 0 1 0-6z",
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
