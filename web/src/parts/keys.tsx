/** Keys as they are written on a keyboard. */
export function Keys({ signs }: { signs: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {signs.map((sign) => (
        <kbd
          key={sign}
          className="inline-block min-w-5.5 rounded-md bg-sunken px-1.5 py-0.5 text-center font-sans text-tiny text-soft shadow-[inset_0_0_0_1px_var(--color-line)]"
        >
          {sign}
        </kbd>
      ))}
    </span>
  );
}
