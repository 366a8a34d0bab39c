import { useEffect, useRef, useState } from "react";
import { relink, removeAsset, renameAsset } from "@/actions/import_media";
import type { MediaFacts } from "@/engine/engine";
import { SmallButton } from "@/parts/controls";
import { Icon, type IconName } from "@/parts/icon";
import { ContextMenu, Menu, type MenuItem } from "@/parts/menu";
import type { AssetKind } from "@/state/bin_order";
import type { Asset } from "@/state/project";
import { useThumbnail, wantThumbnail } from "@/state/thumbnails";
import { bytesName, clock, secondsOf } from "@/state/time";
import { strings } from "@/strings";

const words = strings.bin;

/** How a drag names the asset that it carries; the timeline knows it. */
const ASSET_TYPE = "application/x-cutroom-asset";

const ICONS: Record<AssetKind, IconName> = {
  video: "media",
  audio: "note",
  image: "picture",
  unknown: "folder",
};

const LOOKS: Record<AssetKind, string> = {
  video: "text-picture",
  audio: "text-music",
  image: "text-picture",
  unknown: "text-faint",
};

function factsText(
  kind: AssetKind,
  facts: MediaFacts | null,
  used: number,
): string {
  const picture = facts?.picture;
  return [
    words.kinds[kind],
    picture && `${picture.width}×${picture.height}`,
    facts && facts.duration > 0 && clock(secondsOf(facts.duration)),
    facts && facts.bytes > 0 && bytesName(facts.bytes),
    used > 0 ? words.used(used) : words.unused,
  ]
    .filter(Boolean)
    .join(" · ");
}

function Picture({
  uri,
  kind,
  facts,
  isMissing,
}: {
  uri: string;
  kind: AssetKind;
  facts: MediaFacts | null;
  isMissing: boolean;
}) {
  const picture = useThumbnail(uri);
  useEffect(() => {
    if (facts) wantThumbnail(uri, facts);
  }, [uri, facts]);
  return (
    <span className="relative grid aspect-video w-full place-items-center overflow-hidden rounded-[0.4rem] bg-sunken">
      {picture ? (
        <img
          src={picture}
          alt=""
          draggable={false}
          className="size-full object-contain"
        />
      ) : (
        <Icon name={ICONS[kind]} className={`size-7 ${LOOKS[kind]}`} />
      )}
      {facts && facts.duration > 0 && (
        <span className="absolute end-1 bottom-1 rounded-[0.25rem] bg-stage/75 px-1 text-tiny text-on-stage tabular-nums">
          {clock(secondsOf(facts.duration))}
        </span>
      )}
      {isMissing && (
        <span className="absolute inset-x-1 top-1 rounded-[0.25rem] bg-bad px-1 text-center text-tiny font-medium text-ground">
          {words.missing}
        </span>
      )}
    </span>
  );
}

function NewName({
  asset,
  name,
  onEnd,
}: {
  asset: Asset;
  name: string;
  onEnd: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const take = () => {
    const next = input.current?.value.trim() ?? "";
    if (next && next !== name) void renameAsset(asset.id, next);
    onEnd();
  };
  return (
    <input
      ref={input}
      defaultValue={name}
      aria-label={words.nameOf(name)}
      className="w-full rounded-[0.3rem] bg-sunken px-1 text-xs shadow-[inset_0_0_0_1px_var(--color-accent)] outline-none"
      onBlur={take}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") take();
        if (event.key === "Escape") onEnd();
      }}
    />
  );
}

/** One file of media: to drag to the timeline, or to add at the playhead. */
export function BinItem({
  asset,
  name,
  kind,
  facts,
  used,
  isMissing,
  onPut,
}: {
  asset: Asset;
  name: string;
  kind: AssetKind;
  facts: MediaFacts | null;
  used: number;
  isMissing: boolean;
  onPut: () => void;
}) {
  const [isRenaming, setRenaming] = useState(false);
  const text = factsText(kind, facts, used);
  const items: MenuItem[] = [
    { label: words.put, icon: "plus", hint: "Enter", onSelect: onPut },
    { label: words.rename, onSelect: () => setRenaming(true) },
    {
      label: words.relink,
      icon: "folder",
      onSelect: () => void relink(asset.uri),
    },
    null,
    {
      label: words.remove,
      icon: "trash",
      isDisabled: used > 0,
      onSelect: () => void removeAsset(asset.id),
    },
  ];
  return (
    <ContextMenu items={items}>
      <li className="group/item relative min-w-0">
        <button
          type="button"
          data-asset={asset.id}
          draggable
          aria-label={words.item(name, text)}
          title={`${name}\n${text}`}
          className="flex w-full cursor-grab flex-col gap-1 rounded-[0.55rem] p-1 text-start hover:bg-hover focus-visible:bg-hover"
          onDoubleClick={onPut}
          onKeyDown={(event) => {
            if (event.key === "Enter") onPut();
            if (event.key === "F2") setRenaming(true);
            if (event.key === "Delete" && used === 0)
              void removeAsset(asset.id);
          }}
          onDragStart={(event) => {
            event.dataTransfer.setData(ASSET_TYPE, asset.id);
            event.dataTransfer.setData("text/plain", name);
            event.dataTransfer.effectAllowed = "copy";
          }}
        >
          <Picture
            uri={asset.uri}
            kind={kind}
            facts={facts}
            isMissing={isMissing}
          />
          {!isRenaming && (
            <span className="w-full truncate px-0.5 text-xs">{name}</span>
          )}
        </button>
        {isRenaming && (
          <NewName asset={asset} name={name} onEnd={() => setRenaming(false)} />
        )}
        <span className="absolute end-2 top-2 flex gap-0.5 rounded-[0.4rem] bg-stage/75 opacity-0 transition-opacity group-hover/item:opacity-100 focus-within:opacity-100 pointer-coarse:opacity-100 [&_button]:text-on-stage">
          <SmallButton
            icon="plus"
            label={words.putNamed(name)}
            onClick={onPut}
          />
          <Menu
            trigger={
              <button
                type="button"
                aria-label={words.more(name)}
                className="inline-grid size-6 place-items-center rounded-[0.35rem]"
              >
                <Icon name="more" className="size-4" />
              </button>
            }
            items={items}
          />
        </span>
      </li>
    </ContextMenu>
  );
}
