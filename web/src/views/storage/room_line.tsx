import { useEffect, useState } from "react";
import { roomLeft } from "@/state/library";
import { change } from "@/state/session";
import { bytesName } from "@/state/time";
import { strings } from "@/strings";

const words = strings.storage;

/** How much is used, and the way to what takes it; nothing where the browser keeps nothing. */
export function RoomLine() {
  const [room, setRoom] = useState<{ used: number; left: number } | null>(null);
  useEffect(() => {
    // A page that may not keep files has no storage either.
    void roomLeft().then(setRoom, () => undefined);
  }, []);
  if (!room) return null;
  return (
    <button
      type="button"
      onClick={() => change({ dialog: "storage" })}
      className="rounded-control px-3 py-1.5 text-xs text-faint hover:bg-hover hover:text-ink"
    >
      {words.manage}
      {" · "}
      {words.line(bytesName(room.used), bytesName(room.used + room.left))}
    </button>
  );
}
