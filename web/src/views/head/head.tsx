import { leaveFilm } from "@/actions/close_film";
import { Button, IconButton } from "@/parts/button";
import { Menu } from "@/parts/menu";
import {
  chooseLanguage,
  chosenLanguage,
  LANGUAGES,
  type Language,
} from "@/state/language";
import { homeHash } from "@/state/route";
import { useSaving } from "@/state/saving";
import { change, useSession } from "@/state/session";
import { useTheme, type Theme } from "@/state/theme";
import { rateName } from "@/state/time";
import { strings } from "@/strings";
import { People } from "./people";
import { PersonButton } from "./person";
import { ShareButton } from "./share_button";

const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[];
const THEMES: readonly Theme[] = ["system", "light", "dark"];
const THEME_ICONS = { system: "system", light: "sun", dark: "moon" } as const;

function ThemeButton() {
  const { theme, choose } = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  return (
    <IconButton
      icon={THEME_ICONS[theme]}
      label={`${strings.head.theme}: ${strings.head.themes[theme]}`}
      onClick={() => choose(next)}
    />
  );
}

function LanguageButton() {
  const chosen = chosenLanguage();
  const item = (language: Language | null, label: string) => ({
    label,
    ...(language === chosen ? { icon: "done" as const } : {}),
    onSelect: () => {
      if (language !== chosen) chooseLanguage(language);
    },
  });
  return (
    <Menu
      trigger={<IconButton icon="globe" label={strings.head.language} />}
      items={[
        item(null, strings.head.asBrowser),
        ...LANGUAGE_NAMES.map((name) => item(name, LANGUAGES[name])),
      ]}
    />
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--color-accent)" />
      <path d="M8 10h10l-4 12H8z" fill="var(--color-on-accent)" />
      <path d="M21 10h3v12h-7z" fill="var(--color-on-accent)" opacity=".72" />
    </svg>
  );
}

/** The list of exports, with how far the running one is. */
function ExportsButton() {
  const exports = useSession((session) => session.exports);
  const interrupted = useSession((session) => session.interrupted);
  const isOpen = useSession((session) => session.isExportListOpen);
  const count = exports.length + interrupted.length;
  if (count === 0) return null;
  return (
    <Button
      look="quiet"
      aria-expanded={isOpen}
      onClick={() => change({ isExportListOpen: !isOpen })}
    >
      <span className="max-sm:sr-only">{strings.head.exports}</span>
      <span className="rounded-full bg-hover px-1.5 text-xs tabular-nums">
        {count}
      </span>
    </Button>
  );
}

/** Whether the film is kept in this browser. */
function Kept() {
  const { state, reason, keeping, waiting } = useSaving();
  if (state === "off") return null;
  const said = keeping
    ? strings.saving.keeping(keeping.done, keeping.total)
    : state === "waiting"
      ? strings.saving.waiting(waiting)
      : strings.saving[state];
  return (
    <span role="status" data-saving={state} title={reason}>
      {" · "}
      {state === "failed" ? (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => change({ dialog: "storage" })}
          className="rounded-sm text-bad underline underline-offset-2"
        >
          {said}
        </button>
      ) : (
        said
      )}
    </span>
  );
}

function Title() {
  const open = useSession((session) => session.open);
  if (!open) return <p className="font-semibold">{strings.name}</p>;
  const { info } = open.film;
  return (
    <div className="min-w-0">
      <h1 className="truncate font-semibold">{info.title || strings.name}</h1>
      <p className="hidden truncate text-xs text-faint sm:block">
        {strings.head.facts(info.width, info.height, rateName(info.rate))}
        <Kept />
      </p>
    </div>
  );
}

/** The top of the page. */
export function Head() {
  const open = useSession((session) => session.open);
  return (
    <header className="flex h-14 shrink-0 items-center gap-2.5 px-3">
      <a
        href={homeHash}
        aria-label={strings.studio.toHome}
        className="shrink-0 rounded-control"
      >
        <Mark />
      </a>
      <Title />
      <div className="ms-auto flex items-center gap-1">
        {open && <People />}
        <ExportsButton />
        <ShareButton />
        {!open && <PersonButton />}
        {!open && <LanguageButton />}
        <ThemeButton />
        {open && (
          <>
            <IconButton
              icon="keyboard"
              label={strings.head.shortcuts}
              hint="?"
              className="max-sm:hidden"
              onClick={() => change({ dialog: "shortcuts" })}
            />
            <IconButton
              icon="close"
              label={strings.head.close}
              onClick={leaveFilm}
            />
            <Button
              look="primary"
              icon="export"
              className="ms-1.5 max-sm:ms-0 max-sm:px-2.5"
              onClick={() => change({ dialog: "export" })}
            >
              {strings.head.export}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}
