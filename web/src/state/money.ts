import { locale } from "@/strings";

const dollars = new Intl.NumberFormat(locale, {
  style: "currency",
  currency: "USD",
  maximumSignificantDigits: 3,
});

/** US dollars, as precisely as small prices need. */
export const moneyName = (usd: number) => dollars.format(usd);
