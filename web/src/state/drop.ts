import { useEffect, useRef, useState } from "react";

const hasFiles = (event: DragEvent) =>
  event.dataTransfer?.types.includes("Files") ?? false;

/** Whether files are being held over the page; [take] gets what is dropped. */
export function useDrop(
  isReady: boolean,
  take: (data: DataTransfer) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  // Entering a child comes before leaving its parent: only the count says when the page is left.
  const depth = useRef(0);
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current++;
      setOver(isReady);
    };
    const leave = (event: DragEvent) => {
      if (hasFiles(event) && --depth.current <= 0) setOver(false);
    };
    const over = (event: DragEvent) => {
      // Also where nothing can be taken: a browser would leave the page for the file.
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      if (isReady) take(event.dataTransfer);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [isReady, take]);
  return isOver;
}
