// Things of the engine live until they are closed; one that is forgotten is said, once, with its name.

const registry = new FinalizationRegistry<string>((name) => {
  console.warn(`${name} was never closed: its memory in the engine is kept.`);
});

/** From now on somebody must close `thing`. */
export function mustClose(thing: object, name: string): void {
  registry.register(thing, name, thing);
}

/** It was closed. */
export function wasClosed(thing: object): void {
  registry.unregister(thing);
}
