import { SmallButton } from "@/parts/controls";
import { useSelection } from "@/state/selection";
import { setStageView, useStageView, type StageView } from "@/state/stage_view";
import { strings } from "@/strings";

const words = strings.stage;
const ZOOMS: readonly StageView["zoom"][] = ["fit", 0.5, 1, 2];

/** How the picture is looked at: in its lower corner, out of the way until it is wanted. */
export function StageTools() {
  const { zoom, hasGuides, isCropping } = useStageView();
  const hasSelection = useSelection(({ clips }) => clips.size > 0);
  return (
    <div
      role="toolbar"
      aria-label={words.tools}
      className="absolute right-2 bottom-2 flex items-center gap-0.5 rounded-control bg-stage/80 p-0.5 text-on-stage opacity-0 backdrop-blur-sm transition-opacity group-hover/stage:opacity-100 focus-within:opacity-100 [&_button]:text-on-stage [&_button]:hover:bg-on-stage/15 [&_button]:hover:text-on-stage [&_button[aria-pressed=true]]:bg-accent [&_button[aria-pressed=true]]:text-on-accent pointer-coarse:opacity-100"
    >
      {hasSelection && (
        <SmallButton
          icon="crop"
          label={words.crop}
          isPressed={isCropping}
          onClick={() => setStageView({ isCropping: !isCropping })}
        />
      )}
      <SmallButton
        icon="guides"
        label={words.guides}
        isPressed={hasGuides}
        onClick={() => setStageView({ hasGuides: !hasGuides })}
      />
      <select
        aria-label={words.zoom}
        value={zoom}
        onChange={(event) =>
          setStageView({
            zoom:
              event.target.value === "fit"
                ? "fit"
                : (Number(event.target.value) as StageView["zoom"]),
          })
        }
        className="h-6 rounded-[0.35rem] bg-transparent px-1 text-xs text-on-stage *:bg-stage"
      >
        {ZOOMS.map((one) => (
          <option key={one} value={one}>
            {words.zooms[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
