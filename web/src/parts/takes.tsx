/** What was made so far, to go back to. */
export function Takes({
  label,
  name,
  takes,
  onChoose,
}: {
  label: string;
  name: (number: number) => string;
  takes: readonly { variant: number; isChosen: boolean }[];
  onChoose: (variant: number) => void;
}) {
  if (takes.length < 2) return null;
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1.5">
      {takes.map(({ variant, isChosen }, place) => (
        <li key={variant}>
          <button
            type="button"
            aria-pressed={isChosen}
            onClick={() => onChoose(variant)}
            className="rounded-full bg-raised px-2.5 py-1 text-xs shadow-[inset_0_0_0_1px_var(--color-line)] hover:bg-hover aria-pressed:bg-accent-wash aria-pressed:text-accent-strong"
          >
            {name(place + 1)}
          </button>
        </li>
      ))}
    </ul>
  );
}
