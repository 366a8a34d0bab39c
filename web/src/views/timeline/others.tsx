import { useEffect, useRef } from "react";
import { colourOf, usePeople } from "@/state/people";
import { useView, viewNow } from "@/state/timeline_view";
import type { PersonHere } from "@/server/types";

/** Where somebody else is: a line in their colour, moved, never painted. */
function Line({ person }: { person: PersonHere }) {
  const line = useRef<HTMLDivElement>(null);
  const at = person.here.at ?? 0;
  useEffect(() => {
    const place = () => {
      const { left, width, scale } = viewNow();
      const x = (at - left) / scale;
      const element = line.current;
      if (!element) return;
      element.style.transform = `translateX(${Math.round(x)}px)`;
      element.style.visibility = x < -1 || x > width + 1 ? "hidden" : "visible";
    };
    place();
    return useView.subscribe(place);
  }, [at]);
  const colour = colourOf(person);
  return (
    <div
      ref={line}
      data-other-playhead={person.here.window}
      className="absolute inset-y-0 left-0 w-0"
    >
      <div
        className="absolute inset-y-0 -left-px w-0.5 opacity-70"
        style={{ backgroundColor: colour }}
      />
      <span
        className="absolute top-0 left-0 h-3.5 max-w-32 min-w-2 truncate rounded-e px-1 text-[0.625rem] leading-3.5 font-medium text-[#fff]"
        style={{ backgroundColor: colour }}
      >
        {person.name}
      </span>
    </div>
  );
}

/** The playheads of those who are at the same film. */
export function Others() {
  const others = usePeople((people) => people.others);
  if (others.length === 0) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-0 left-11.5 z-10 overflow-hidden sm:left-45.5"
    >
      {others.map((person) => (
        <Line key={person.here.window} person={person} />
      ))}
    </div>
  );
}
