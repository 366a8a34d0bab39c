// Numbers drawn at random that can be drawn again: the seed is said, and CUTROOM_SEED sets it.

/** Gives [next], a number from 0 up to 1 (mulberry32), and the seed that it comes from. */
export function drawnNumbers() {
  const seed = Number(
    process.env.CUTROOM_SEED ?? Math.floor(Math.random() * 2 ** 32),
  );
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next };
}
