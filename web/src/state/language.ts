import { remember, remembered } from "@/state/remembered";
import { speak, type Strings } from "@/strings";

/** The languages of the page, by what they call themselves. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const PLACE = "cutroom.language";

const CATALOGUES: Record<Language, () => Promise<Strings>> = {
  en: async () => (await import("@/strings/en/all")).en,
  de: async () => (await import("@/strings/de/all")).de,
};

const isLanguage = (name: unknown): name is Language =>
  typeof name === "string" && name in LANGUAGES;

/** What was chosen; null: as the browser has it. */
export function chosenLanguage(): Language | null {
  const kept = remembered<unknown>(PLACE, null);
  return isLanguage(kept) ? kept : null;
}

/** What the page speaks: what was chosen, or the first of the browser's languages that it can. */
export function languageNow(): Language {
  const known = navigator.languages
    .map((tag) => tag.split("-")[0])
    .find(isLanguage);
  return chosenLanguage() ?? known ?? "en";
}

/** The user's own way of writing [language], as en-GB, where the browser has one. */
const regional = (language: Language) =>
  navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;

/** Fetches the catalogue of the language; what says something may be loaded after it. */
export async function loadLanguage(): Promise<void> {
  const language = languageNow();
  speak(await CATALOGUES[language](), regional(language));
  document.documentElement.lang = language;
}

/** Speaks [language] from now on; null: as the browser has it. The page begins anew, in which nothing is lost. */
export function chooseLanguage(language: Language | null) {
  remember(PLACE, language);
  location.reload();
}
