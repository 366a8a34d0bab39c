import { useState } from "react";
import { Button } from "@/parts/button";
import { TextInput } from "@/parts/field";

/** A link or a key that is shown once, and the way to copy it. */
export function CopiedLink({
  label,
  link,
  copyLabel,
  copiedLabel,
  onCopy,
}: {
  label: string;
  link: string;
  copyLabel: string;
  copiedLabel: string;
  onCopy?: () => void;
}) {
  const [copied, setCopied] = useState("");
  const copy = () =>
    void navigator.clipboard
      .writeText(link)
      .then(() => {
        setCopied(link);
        onCopy?.();
      })
      .catch(() => undefined); // it stands there, and can be copied by hand
  return (
    <div className="flex gap-2">
      <TextInput
        readOnly
        aria-label={label}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <Button look="primary" onClick={copy}>
        {copied === link ? copiedLabel : copyLabel}
      </Button>
    </div>
  );
}
