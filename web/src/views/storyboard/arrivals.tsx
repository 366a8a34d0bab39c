import { useEffect, useRef, useState } from "react";
import type { Scene } from "@/server/types";
import { strings } from "@/strings";

/** Tells screen readers of each picture that arrives. */
export function Arrivals({ scenes }: { scenes: readonly Scene[] }) {
  const known = useRef<Set<string> | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const there = new Map(
      scenes.flatMap(({ picture, position }) =>
        picture?.url ? [[picture.url, position] as const] : [],
      ),
    );
    const before = known.current;
    known.current = new Set(there.keys());
    if (!before) return;
    const news = [...there].filter(([url]) => !before.has(url));
    if (news.length > 0)
      setSaid(
        news.map(([, position]) => strings.storyboard.made(position)).join(" "),
      );
  }, [scenes]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
