import type {
  InputHTMLAttributes,
  ReactNode,
  SelectHTMLAttributes,
} from "react";

const BOX =
  "h-9 w-full min-w-0 rounded-control bg-sunken px-2.5 text-ink shadow-[inset_0_0_0_1px_var(--color-line)] transition-shadow hover:shadow-[inset_0_0_0_1px_var(--color-edge)] aria-invalid:shadow-[inset_0_0_0_1.5px_var(--color-bad)]";

/** A label above its control. */
export function Field({
  label,
  children,
  className = "",
}: {
  label: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <label className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <span className="text-xs text-soft">{label}</span>
      {children}
    </label>
  );
}

export function Select(props: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <select
      {...props}
      className={`choice pe-7 ${BOX} ${props.className ?? ""}`}
    />
  );
}

export function TextInput(props: InputHTMLAttributes<HTMLInputElement>) {
  return (
    <input
      type="text"
      {...props}
      className={`${BOX} tabular-nums ${props.className ?? ""}`}
    />
  );
}

/** A box to tick, with a sentence about it. */
export function Tick({
  label,
  note,
  ...rest
}: { label: string; note?: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        {...rest}
      />
      <span className="min-w-0">
        {label}
        {note && <span className="block text-xs text-faint">{note}</span>}
      </span>
    </label>
  );
}
