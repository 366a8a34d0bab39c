import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "@/parts/icon";

type Look = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<Look, string> = {
  primary:
    "bg-accent text-on-accent hover:bg-accent-strong disabled:bg-hover disabled:text-faint",
  plain:
    "bg-raised text-ink shadow-[inset_0_0_0_1px_var(--color-line)] hover:bg-hover disabled:text-faint",
  quiet: "text-soft hover:bg-hover hover:text-ink disabled:text-faint",
  danger: "bg-bad-wash text-bad hover:bg-bad hover:text-ground",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  icon?: IconName;
  children: ReactNode;
}

export function Button({
  look = "plain",
  icon,
  children,
  className = "",
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-9 items-center justify-center gap-2 rounded-control px-3.5 font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed ${LOOKS[look]} ${className}`}
      {...rest}
    >
      {icon && <Icon name={icon} className="size-4.5" />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  /** Said to screen readers and shown on hover. */
  label: string;
  /** Its key, shown with the label. */
  hint?: string;
}

export function IconButton({
  icon,
  label,
  hint,
  className = "",
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={hint ? `${label} (${hint})` : label}
      className={`inline-grid size-9 shrink-0 place-items-center rounded-control text-soft transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:text-faint aria-pressed:bg-accent-wash aria-pressed:text-accent ${className}`}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
