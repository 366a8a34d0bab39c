import { retry, setSound } from "@/actions/studio/change_film";
import { Button } from "@/parts/button";
import { Field, Select } from "@/parts/field";
import { LinePlayer } from "@/parts/line_player";
import { Skeleton } from "@/parts/skeleton";
import { Slider } from "@/parts/slider";
import { Takes } from "@/parts/takes";
import type { FilmState, Levels, Music as MusicState } from "@/server/types";
import { usePeaks } from "@/state/peaks";
import { mediaAddress } from "@/state/studio";
import { clock } from "@/state/time";
import { strings } from "@/strings";

const words = strings.sound;
const LEAST_DECIBELS = -24;
const MOST_DECIBELS = 12;

function LevelsOf({ film }: { film: FilmState }) {
  const levels: Levels = film.levels ?? { voice: 0, music: 0 };
  const set = (part: Partial<Levels>) =>
    void setSound(film.id, { levels: part });
  const range = {
    min: LEAST_DECIBELS,
    max: MOST_DECIBELS,
    name: words.decibels,
  };
  return (
    <section
      aria-label={words.levels}
      className="flex flex-col gap-2 rounded-panel bg-surface p-4 shadow-panel"
    >
      <h2 className="font-semibold">{words.levels}</h2>
      <Slider
        {...range}
        label={words.voiceLevel}
        value={levels.voice}
        onSet={(voice) => set({ voice })}
      />
      <Slider
        {...range}
        label={words.musicLevel}
        value={levels.music}
        onSet={(music) => set({ music })}
      />
    </section>
  );
}

function Piece({ music, url }: { music: MusicState; url: string }) {
  const address = mediaAddress(url);
  return (
    <LinePlayer
      url={address}
      seconds={music.seconds ?? 0}
      peaks={usePeaks(address)}
      tone="music"
      playLabel={`${words.play}: ${words.music}`}
      pauseLabel={words.pause}
      positionLabel={`${words.position}: ${words.music}`}
      time={clock}
    />
  );
}

function Heard({ film }: { film: FilmState }) {
  const { music } = film;
  if (music?.url) return <Piece music={music} url={music.url} />;
  const state = music?.state ?? "waiting";
  if (music && state === "failed")
    return (
      <div
        role="alert"
        className="flex flex-col items-start gap-2 rounded-control bg-bad-wash p-3 text-bad"
      >
        {film.units[music.unit]?.fault?.message ?? strings.studio.states.failed}
        <Button look="danger" onClick={() => void retry(film.id, music.unit)}>
          {strings.studio.retry}
        </Button>
      </div>
    );
  return (
    <div className="flex items-center gap-3" data-state={state}>
      <Skeleton className="size-10 rounded-full!" />
      <Skeleton className="h-9 flex-1" />
      <span className="text-xs text-faint">{strings.studio.states[state]}</span>
    </div>
  );
}

/** The music of the film. */
function Score({ film }: { film: FilmState }) {
  const { music } = film;
  return (
    <section
      aria-label={words.music}
      className="flex flex-col gap-4 rounded-panel bg-surface p-4 shadow-panel"
    >
      <h2 className="font-semibold">{words.music}</h2>
      <Heard film={film} />
      <Field label={words.mood}>
        <Select
          value={music?.mood ?? ""}
          onChange={(event) =>
            void setSound(film.id, { music: { mood: event.target.value } })
          }
        >
          {!music?.mood && <option value="">{words.byItself}</option>}
          {music?.mood && !(music.mood in words.moods) && (
            <option value={music.mood}>{music.mood}</option>
          )}
          {Object.entries(words.moods).map(([mood, name]) => (
            <option key={mood} value={mood}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Takes
        label={words.pieces}
        name={words.piece}
        takes={music?.variants ?? []}
        onChoose={(variant) => void setSound(film.id, { music: { variant } })}
      />
      <Button
        icon="note"
        onClick={() => void setSound(film.id, { music: { another: true } })}
      >
        {words.anotherMusic}
      </Button>
    </section>
  );
}

/** What is heard beside the voices, and how loud everything is. */
export function Music({ film }: { film: FilmState }) {
  return (
    <aside
      aria-label={words.mix}
      className="flex flex-col gap-4 lg:sticky lg:top-0"
    >
      <Score film={film} />
      <LevelsOf film={film} />
    </aside>
  );
}
