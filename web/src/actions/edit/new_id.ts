/** A name that nothing has yet; [kind] is what a person sees in the file. */
export const newId = (kind: string): string =>
  `${kind}${crypto.randomUUID().replaceAll("-", "").slice(0, 10)}`;
