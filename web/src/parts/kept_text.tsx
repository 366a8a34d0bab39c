import { useEffect, useRef, useState } from "react";
import { TextArea } from "@/parts/text_area";

/**
 * A text that is kept when the user leaves it, or by Ctrl+Enter; Escape takes back what was typed.
 * What arrives from elsewhere is shown unless the user is writing here.
 */
export function KeptText({
  label,
  value,
  placeholder,
  className = "",
  onKeep,
  onCursor,
}: {
  label: string;
  value: string;
  placeholder?: string;
  className?: string;
  onKeep: (value: string) => void;
  onCursor?: (at: number) => void;
}) {
  const [text, setText] = useState(value);
  const isWriting = useRef(false);
  useEffect(() => {
    if (!isWriting.current) setText(value);
  }, [value]);
  const keep = () => {
    isWriting.current = false;
    if (text !== value) onKeep(text);
  };
  return (
    <TextArea
      look="quiet"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      className={className}
      onChange={(event) => {
        isWriting.current = true;
        setText(event.target.value);
      }}
      onSelect={(event) => onCursor?.(event.currentTarget.selectionStart)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
        if (event.key !== "Escape") return;
        isWriting.current = false;
        setText(value);
      }}
    />
  );
}
