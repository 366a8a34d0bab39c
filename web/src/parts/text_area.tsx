import { useLayoutEffect, useRef, type TextareaHTMLAttributes } from "react";

/** Several lines of text; it grows with them. */
export function TextArea({
  className = "",
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [rest.value]);
  return (
    <textarea
      ref={area}
      rows={2}
      {...rest}
      className={`w-full min-w-0 resize-none rounded-control bg-sunken px-3 py-2 text-ink shadow-[inset_0_0_0_1px_var(--color-line)] transition-shadow placeholder:text-faint hover:shadow-[inset_0_0_0_1px_var(--color-edge)] ${className}`}
    />
  );
}
