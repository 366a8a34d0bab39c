import { setSound } from "@/actions/studio/change_film";
import { Button } from "@/parts/button";
import { Field, Select } from "@/parts/field";
import { LinePlayer } from "@/parts/line_player";
import { Takes } from "@/parts/takes";
import type { FilmState, Levels } from "@/server/types";
import { mediaAddress } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.sound;

function Level({
  label,
  value,
  onSet,
}: {
  label: string;
  value: number;
  onSet: (value: number) => void;
}) {
  return (
    <Field label={`${label} · ${words.decibels(value)}`}>
      <input
        type="range"
        min={-24}
        max={12}
        step={1}
        key={value}
        defaultValue={value}
        className="accent-accent"
        onPointerUp={(event) => onSet(Number(event.currentTarget.value))}
        onKeyUp={(event) => onSet(Number(event.currentTarget.value))}
      />
    </Field>
  );
}

function LevelsOf({ film }: { film: FilmState }) {
  const levels: Levels = film.levels ?? { voice: 0, music: 0 };
  const set = (part: Partial<Levels>) => {
    const next = { ...levels, ...part };
    if (next.voice !== levels.voice || next.music !== levels.music)
      void setSound(film.id, { levels: part });
  };
  return (
    <div className="flex flex-col gap-2">
      <h2 className="font-semibold">{words.levels}</h2>
      <Level
        label={words.voiceLevel}
        value={levels.voice}
        onSet={(voice) => set({ voice })}
      />
      <Level
        label={words.musicLevel}
        value={levels.music}
        onSet={(music) => set({ music })}
      />
    </div>
  );
}

/** The music of the film, and how loud everything is. */
export function Music({ film }: { film: FilmState }) {
  const { music } = film;
  return (
    <aside className="flex flex-col gap-4 rounded-panel bg-surface p-4 shadow-panel lg:sticky lg:top-0">
      <h2 className="font-semibold">{words.music}</h2>
      {music?.url ? (
        <LinePlayer
          url={mediaAddress(music.url)}
          playLabel={`${words.play}: ${words.music}`}
          pauseLabel={words.pause}
        >
          {(at) => (
            <div className="mt-4 h-1 overflow-hidden rounded-full bg-hover">
              <div
                className="h-full origin-left bg-music"
                style={{
                  transform: `scaleX(${music.seconds && at > 0 ? Math.min(1, at / music.seconds) : 0})`,
                }}
              />
            </div>
          )}
        </LinePlayer>
      ) : (
        <p className="text-faint">
          {strings.studio.states[music?.state ?? "waiting"]}
        </p>
      )}
      <Field label={words.mood}>
        <Select
          value={music?.mood ?? ""}
          onChange={(event) =>
            void setSound(film.id, { music: { mood: event.target.value } })
          }
        >
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
      <Button
        icon="note"
        onClick={() => void setSound(film.id, { music: { another: true } })}
      >
        {words.anotherMusic}
      </Button>
      <Takes
        label={words.pieces}
        name={words.piece}
        takes={music?.variants ?? []}
        onChoose={(variant) => void setSound(film.id, { music: { variant } })}
      />
      <LevelsOf film={film} />
    </aside>
  );
}
