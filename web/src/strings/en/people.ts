/** What is said of a film that several people edit. */
export const people = {
  refused: (name: string, why: string) =>
    `“${name}” could not be kept: ${why}. Somebody else has changed this part of the film.`,
  long: "this is too much for one edit",
  gone: "This film is not on the server any more, or not shared with you. What you changed last is not kept there.",
  silent: "The server does not say what this film is.",
  here: (names: string) => `Also here: ${names}`,
  somebody: "another window",
} as const;
