import { Icon } from "@/parts/icon";
import { colourOf, usePeople } from "@/state/people";
import { strings } from "@/strings";

/** More are counted. */
const SHOWN_MAX = 4;

/** Who else is at the open film. */
export function People() {
  const others = usePeople((people) => people.others);
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name || strings.people.somebody);
  const more = others.length - SHOWN_MAX;
  return (
    <div
      role="status"
      aria-label={strings.people.here(names.join(", "))}
      title={strings.people.here(names.join(", "))}
      data-people={others.length}
      className="flex -space-x-1.5 rtl:space-x-reverse"
    >
      {others.slice(0, SHOWN_MAX).map((person) => (
        <span
          key={person.here.window}
          aria-hidden="true"
          style={{ backgroundColor: colourOf(person) }}
          className="grid size-7 place-items-center rounded-full text-xs font-semibold text-[#fff] ring-2 ring-ground"
        >
          {person.name ? (
            person.name.slice(0, 1).toUpperCase()
          ) : (
            <Icon name="person" />
          )}
        </span>
      ))}
      {more > 0 && (
        <span
          aria-hidden="true"
          className="grid size-7 place-items-center rounded-full bg-hover text-xs font-semibold ring-2 ring-ground"
        >
          +{more}
        </span>
      )}
    </div>
  );
}
