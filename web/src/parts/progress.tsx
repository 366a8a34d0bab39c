/** How much of something is done, from 0 to 1; null where nobody knows. */
export function Progress({
  value,
  label,
  isPaused = false,
}: {
  value: number | null;
  label: string;
  isPaused?: boolean;
}) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value !== null && { "aria-valuenow": Math.round(value * 100) })}
      className="h-1.5 overflow-hidden rounded-full bg-hover"
    >
      <div
        className={`h-full origin-left rounded-full transition-transform duration-300 ${isPaused ? "bg-faint" : "bg-accent"} ${value === null ? "wander w-1/3" : ""}`}
        style={value === null ? undefined : { transform: `scaleX(${value})` }}
      />
    </div>
  );
}
