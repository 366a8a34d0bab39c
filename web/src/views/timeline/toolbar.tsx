import { useState } from "react";
import { redo, undo } from "@/actions/edit/apply";
import { deleteSelected } from "@/actions/edit/delete_clips";
import { splitAtPlayhead } from "@/actions/edit/split_clips";
import { fitFilm, zoomAtPlayhead } from "@/actions/edit/zoom";
import type { FilmInfo } from "@/engine/engine";
import { IconButton } from "@/parts/button";
import type { IconName } from "@/parts/icon";
import { Menu, type MenuPlace } from "@/parts/floating_menu";
import { useSelection } from "@/state/selection";
import {
  chooseTool,
  toggleFollowing,
  toggleSnapping,
  useView,
  type Tool,
} from "@/state/timeline_view";
import { strings } from "@/strings";
import { selectionMenu } from "./selection_menu";

const words = strings.timeline;

const TOOLS: readonly [Tool, IconName, string][] = [
  ["select", "pointer", "V"],
  ["trim", "trim", "T"],
  ["blade", "blade", "B"],
  ["slip", "slip", "Y"],
  ["slide", "slide", "U"],
];

/** One step of the zoom buttons. */
const ZOOM_STEP = 0.6;

function Tools() {
  const tool = useView((view) => view.tool);
  return (
    <div
      role="radiogroup"
      aria-label={words.toolbar}
      className="flex rounded-control bg-sunken max-sm:hidden"
    >
      {TOOLS.map(([name, icon, key]) => (
        <IconButton
          key={name}
          role="radio"
          aria-checked={tool === name}
          icon={icon}
          label={words.tools[name]}
          hint={key}
          className="size-8 aria-checked:bg-raised aria-checked:text-accent aria-checked:shadow-panel [&>svg]:size-4.5"
          onClick={() => chooseTool(name)}
        />
      ))}
    </div>
  );
}

const SMALL = "size-8 [&>svg]:size-4.5";

function History({ info }: { info: FilmInfo }) {
  return (
    <>
      <IconButton
        icon="undo"
        label={words.undo(info.canUndo ?? "")}
        hint="Ctrl Z"
        disabled={info.canUndo === null}
        className={SMALL}
        onClick={() => void undo()}
      />
      <IconButton
        icon="redo"
        label={words.redo(info.canRedo ?? "")}
        hint="Ctrl Shift Z"
        disabled={info.canRedo === null}
        className={SMALL}
        onClick={() => void redo()}
      />
    </>
  );
}

function Edits() {
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const hasSelection = useSelection(
    ({ clips, transition, marker }) =>
      clips.size > 0 || transition !== null || marker !== null,
  );
  return (
    <>
      <IconButton
        icon="scissors"
        label={words.split}
        hint="S"
        className={SMALL}
        onClick={() => void splitAtPlayhead()}
      />
      <IconButton
        icon="bin"
        label={words.remove}
        hint="Delete"
        disabled={!hasSelection}
        className={SMALL}
        onClick={() => void deleteSelected(false)}
      />
      <IconButton
        icon="more"
        label={words.more}
        aria-haspopup="menu"
        className={SMALL}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setMenu({ x: left, y: bottom + 4 });
        }}
      />
      {menu && (
        <Menu
          label={words.menu.label}
          place={menu}
          groups={selectionMenu()}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}

function Sight() {
  const isSnapping = useView((view) => view.isSnapping);
  const isFollowing = useView((view) => view.isFollowing);
  return (
    <>
      <IconButton
        icon="magnet"
        label={words.snapping}
        hint="N"
        aria-pressed={isSnapping}
        className={SMALL}
        onClick={toggleSnapping}
      />
      <IconButton
        icon="follow"
        label={words.follow}
        aria-pressed={isFollowing}
        className={`${SMALL} max-sm:hidden`}
        onClick={toggleFollowing}
      />
      <span className="mx-1 h-4 w-px bg-line" />
      <IconButton
        icon="zoomOut"
        label={words.zoomOut}
        hint="−"
        className={SMALL}
        onClick={() => zoomAtPlayhead(1 / ZOOM_STEP)}
      />
      <IconButton
        icon="zoomIn"
        label={words.zoomIn}
        hint="+"
        className={SMALL}
        onClick={() => zoomAtPlayhead(ZOOM_STEP)}
      />
      <IconButton
        icon="fit"
        label={words.fit}
        hint="Shift Z"
        className={SMALL}
        onClick={fitFilm}
      />
    </>
  );
}

function Count() {
  const count = useSelection(({ clips }) => clips.size);
  return (
    <p
      role="status"
      className="truncate px-2 text-xs text-faint tabular-nums max-md:sr-only"
    >
      {words.selected(count)}
    </p>
  );
}

/** Tools, undo and the view, over the lanes. */
export function Toolbar({ info }: { info: FilmInfo }) {
  return (
    <div
      role="toolbar"
      aria-label={words.toolbar}
      className="flex h-11 shrink-0 items-center gap-0.5 px-1.5"
    >
      <Tools />
      <span className="mx-1 h-4 w-px bg-line max-sm:hidden" />
      <History info={info} />
      <span className="mx-1 h-4 w-px bg-line" />
      <Edits />
      <Count />
      {/* What was done last, for who does not see it. */}
      <p role="status" className="sr-only">
        {info.canUndo}
      </p>
      <span className="flex-1" />
      <Sight />
    </div>
  );
}
