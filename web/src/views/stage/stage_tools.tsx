import { IconButton } from "@/parts/button";
import { useSelection } from "@/state/selection";
import { setStageView, useStageView, type StageView } from "@/state/stage_view";
import { strings } from "@/strings";

const words = strings.stage;
const ZOOMS: readonly StageView["zoom"][] = ["fit", 0.5, 1, 2];

/** How the picture is looked at: beside what plays it. */
export function StageTools() {
  const { zoom, hasGuides, isCropping } = useStageView();
  const hasSelection = useSelection(({ clips }) => clips.size > 0);
  return (
    <div
      role="toolbar"
      aria-label={words.tools}
      className="flex items-center @max-2xl:hidden"
    >
      {hasSelection && (
        <IconButton
          icon="crop"
          label={words.crop}
          aria-pressed={isCropping}
          onClick={() => setStageView({ isCropping: !isCropping })}
        />
      )}
      <IconButton
        icon="guides"
        label={words.guides}
        aria-pressed={hasGuides}
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
        className="h-9 rounded-control bg-transparent px-1 text-[0.8125rem] text-soft hover:bg-hover hover:text-ink *:bg-raised"
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
