import { moneyName } from "@/state/money";
import { useStudio } from "@/state/studio";

/** Who can make [kind] at this server, each with its price. */
export function makersOf(kind: string): { id: string; label: string }[] {
  const providers = useStudio.getState().server?.providers ?? [];
  return providers
    .filter((provider) => provider.kind === kind)
    .map(({ id, name, price }) => ({
      id,
      label: price ? `${name} · ${moneyName(price.usd)} / ${price.unit}` : name,
    }));
}
