import { useEffect, useState } from "react";
import {
  addAsset,
  addCaption,
  addSolid,
  addTitle,
} from "@/actions/add_to_film";
import {
  chooseImport,
  relink,
  removeUnused,
  usedAssets,
} from "@/actions/import_media";
import { Button, IconButton } from "@/parts/button";
import { Choice } from "@/parts/controls";
import { Menu } from "@/parts/menu";
import { Waiting } from "@/parts/waiting";
import { useAssetFacts, wantFacts } from "@/state/asset_facts";
import { kindOfAsset, sorted, type Sort } from "@/state/bin_order";
import { useImporting } from "@/state/importing";
import { useProject, type Asset } from "@/state/project";
import { useSession } from "@/state/session";
import { strings } from "@/strings";
import { BinItem } from "./bin_item";

const words = strings.bin;
const SORTS = (Object.keys(words.sorts) as Sort[]).map((id) => ({
  id,
  label: words.sorts[id],
}));

const nameOf = ({ name, uri }: Asset) => name || (uri.split("/").pop() ?? uri);

function Head({
  search,
  onSearch,
  sort,
  onSort,
}: {
  search: string;
  onSearch: (text: string) => void;
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  return (
    <div className="flex shrink-0 flex-col gap-2 px-2.5 pb-2">
      <div className="flex items-center gap-1.5">
        <Button
          look="plain"
          icon="plus"
          className="h-8! flex-1"
          onClick={() => void chooseImport()}
        >
          {words.import}
        </Button>
        <Menu
          trigger={
            <IconButton icon="words" label={words.add} className="size-8!" />
          }
          items={[
            {
              label: words.title,
              icon: "words",
              onSelect: () => void addTitle(),
            },
            {
              label: words.solid,
              icon: "picture",
              onSelect: () => void addSolid(),
            },
            {
              label: words.caption,
              icon: "words",
              onSelect: () => void addCaption(),
            },
          ]}
        />
        <Menu
          trigger={
            <IconButton icon="more" label={words.menu} className="size-8!" />
          }
          items={[
            {
              label: words.removeUnused,
              icon: "trash",
              onSelect: () => void removeUnused(),
            },
          ]}
        />
      </div>
      <div className="flex items-center gap-1.5">
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          className="h-7.5 min-w-0 flex-1 rounded-[0.4rem] bg-sunken px-2 text-[0.8125rem] shadow-[inset_0_0_0_1px_var(--color-line)] placeholder:text-faint"
        />
        <div className="w-22 shrink-0">
          <Choice
            label={words.sort}
            value={sort}
            choices={SORTS}
            onSet={onSort}
          />
        </div>
      </div>
    </div>
  );
}

function MissingFiles() {
  const missing = useSession(
    (session) => session.open?.film.info.missing.length ?? 0,
  );
  if (missing === 0) return null;
  return (
    <p className="mx-2.5 mb-2 flex items-center gap-2 rounded-control bg-bad-wash py-1 pe-1 ps-2.5 text-xs text-bad">
      <span className="flex-1">{words.missingCount(missing)}</span>
      <Button
        look="quiet"
        className="h-7! px-2! text-xs"
        onClick={() => void relink(null)}
      >
        {words.relinkAll}
      </Button>
    </p>
  );
}

/** The media of the project. */
export function Bin() {
  const project = useProject((state) => state.project);
  const missing = useSession((session) => session.open?.film.info.missing);
  const number = useSession((session) => session.open?.number);
  const facts = useAssetFacts((state) => state.facts);
  const importing = useImporting();
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<Sort>("added");
  const assets = project?.assets ?? [];
  useEffect(() => {
    for (const { uri } of assets) wantFacts(uri);
  }, [assets, number]);
  const lost = new Set(missing?.map(({ uri }) => uri));
  const used = usedAssets();
  const wanted = search.trim().toLowerCase();
  const shown = sorted(
    assets.filter((asset) => nameOf(asset).toLowerCase().includes(wanted)),
    sort,
    nameOf,
    facts,
  );
  return (
    <section
      aria-label={words.label}
      data-bin
      className="flex min-h-0 flex-1 flex-col"
    >
      <Head search={search} onSearch={setSearch} sort={sort} onSort={setSort} />
      <MissingFiles />
      {importing.total > 0 && (
        <div className="grid place-items-center px-3 pb-2">
          <Waiting
            reason={
              importing.percent === null
                ? words.importing(importing.done, importing.total)
                : words.uploading(
                    importing.done,
                    importing.total,
                    importing.percent,
                  )
            }
            since={importing.since}
            seconds={strings.busy.seconds}
            {...(importing.stop && {
              cancelLabel: strings.busy.cancel,
              onCancel: importing.stop,
            })}
          />
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-2.5">
        {shown.length === 0 ? (
          <p className="grid h-full place-items-center p-4 text-center text-[0.8125rem] text-balance text-faint">
            {wanted ? words.nothing(search) : words.empty}
          </p>
        ) : (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-2">
            {shown.map((asset) => (
              <BinItem
                key={asset.id}
                asset={asset}
                name={nameOf(asset)}
                kind={kindOfAsset(asset, facts.get(asset.uri) ?? null)}
                facts={facts.get(asset.uri) ?? null}
                used={used.get(asset.id) ?? 0}
                isMissing={lost.has(asset.uri)}
                onPut={() => void addAsset(asset.id)}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
