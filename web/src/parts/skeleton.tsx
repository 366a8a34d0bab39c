/** The place of something that is not there yet, as large as it will be. */
export function Skeleton({ className = "" }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`shimmer block rounded-control ${className}`}
    />
  );
}
