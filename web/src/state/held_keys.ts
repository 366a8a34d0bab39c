/** The keys that are down now, by their names. */
export const heldKeys = new Set<string>();
