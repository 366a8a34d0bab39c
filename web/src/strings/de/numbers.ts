const whole = new Intl.NumberFormat("de");
const tenths = new Intl.NumberFormat("de", { maximumFractionDigits: 1 });

/** 1.234 */
export const number = (value: number) => whole.format(value);

/** 7,5 */
export const short = (value: number) => tenths.format(value);

/** 1 Datei, 1.234 Dateien. */
export const count = (value: number, one: string, many: string) =>
  `${number(value)} ${value === 1 ? one : many}`;
