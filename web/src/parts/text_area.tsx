import { useLayoutEffect, useRef, type TextareaHTMLAttributes } from "react";

const LOOKS = {
  boxed:
    "bg-sunken px-3 py-2 shadow-[inset_0_0_0_1px_var(--color-line)] hover:shadow-[inset_0_0_0_1px_var(--color-edge)]",
  quiet:
    "-mx-2 w-[calc(100%+1rem)]! px-2 py-1 hover:bg-hover focus:bg-sunken focus:shadow-[inset_0_0_0_1px_var(--color-edge)]",
};

/** Several lines of text; it grows with them. A quiet one looks like text until it is touched. */
export function TextArea({
  look = "boxed",
  className = "",
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & {
  look?: keyof typeof LOOKS;
}) {
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
      rows={look === "quiet" ? 1 : 2}
      {...rest}
      className={`w-full min-w-0 resize-none rounded-control text-ink transition-shadow placeholder:text-faint ${LOOKS[look]} ${className}`}
    />
  );
}
