import { useLayoutEffect, useRef, type RefObject } from "react";

/** Keeps the focus inside of [place] where elements in it change places: [order] tells when they did. */
export function useKeptFocus(
  place: RefObject<HTMLElement | null>,
  order: string,
) {
  const held = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const note = (event: Event) => {
      held.current = event.target as Element;
    };
    const element = place.current;
    element?.addEventListener("focusin", note);
    return () => element?.removeEventListener("focusin", note);
  }, [place]);
  useLayoutEffect(() => {
    const element = held.current;
    const isLost = document.activeElement === document.body;
    if (isLost && element instanceof HTMLElement && element.isConnected)
      element.focus({ preventScroll: false });
  }, [order]);
}
