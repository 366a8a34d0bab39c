import type { en } from "@/strings/en/all";

/** The keys of a catalogue, with whatever texts. */
type Texts<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]: Texts<T[K]> };

/** What a catalogue has: all that the page says, in one language. */
export type Strings = Texts<typeof en>;

/** Everything that the page says. Set before anything that says something is loaded. */
export let strings: Strings;

/** The language in which numbers, dates and money are written, with the user's region where it is known. */
export let locale = "en";

/** Everything is said by [catalogue] from now on, numbers as in [language]. */
export function speak(catalogue: Strings, language: string) {
  strings = catalogue;
  locale = language;
}
