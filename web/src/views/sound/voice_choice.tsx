import { useEffect, useState } from "react";
import { setSound } from "@/actions/studio/change_film";
import { hearVoice, hushVoice } from "@/actions/studio/hear_voice";
import { Button, IconButton } from "@/parts/button";
import { Icon } from "@/parts/icon";
import { Popover } from "@/parts/popover";
import { Radio, RadioGroup } from "@/parts/radio_group";
import type { FilmState, ProviderInfo } from "@/server/types";
import { useStudio } from "@/state/studio";
import { strings } from "@/strings";

const words = strings.sound;

const nameOf = (voice: string) => {
  if (!voice) return words.byItself;
  const known: Record<string, string> = words.voiceNames;
  return known[voice] ?? voice.charAt(0).toUpperCase() + voice.slice(1);
};

/** Who speaks [film], as it stands. */
function useMaker(film: FilmState): ProviderInfo | undefined {
  const server = useStudio((studio) => studio.server);
  const makers = (server?.providers ?? []).filter(
    ({ kind }) => kind === "voice",
  );
  return (
    makers.find(({ id }) => id === film.models?.["voice"]) ??
    makers.find(({ isDefault }) => isDefault)
  );
}

function Voice({
  voice,
  isChosen,
  isReached,
  isHeard,
  onHear,
  onChoose,
}: {
  voice: string;
  isChosen: boolean;
  isReached: boolean;
  isHeard: boolean;
  /** Absent: it has no sample. */
  onHear?: (() => void) | undefined;
  onChoose: () => void;
}) {
  const name = nameOf(voice);
  return (
    <div className="flex items-center gap-1">
      {onHear ? (
        <IconButton
          icon={isHeard ? "pause" : "play"}
          label={isHeard ? words.hush : words.hear(name)}
          className="size-8! text-accent!"
          onClick={onHear}
        />
      ) : (
        <span className="size-8" />
      )}
      <Radio
        isChosen={isChosen}
        isReached={isReached}
        onChoose={onChoose}
        className="flex h-8 min-w-0 flex-1 items-center justify-between gap-2 rounded-[0.4rem] px-2 text-start -outline-offset-2 hover:bg-hover aria-checked:font-medium aria-checked:text-accent-strong"
      >
        <span className="truncate">{name}</span>
        {isChosen && <Icon name="done" className="size-4" />}
      </Radio>
    </div>
  );
}

function Voices({ film, maker }: { film: FilmState; maker: ProviderInfo }) {
  const [heard, setHeard] = useState<string | null>(null);
  useEffect(() => hushVoice, []);
  const chosen = film.brief?.voice ?? "";
  const all = ["", ...(maker.can?.voices ?? [])];
  const voices = all.includes(chosen) ? all : [chosen, ...all];
  const hear = (voice: string) => {
    if (heard === voice) return hushVoice();
    setHeard(voice);
    void hearVoice(voice).finally(() =>
      setHeard((now) => (now === voice ? null : now)),
    );
  };
  return (
    <RadioGroup label={words.voice} className="flex flex-col">
      {voices.map((voice) => (
        <Voice
          key={voice}
          voice={voice}
          isChosen={voice === chosen}
          isReached={voice === chosen}
          isHeard={voice === heard}
          onHear={
            maker.isBuiltin && all.includes(voice) && voice
              ? () => hear(voice)
              : undefined
          }
          onChoose={() => {
            if (voice !== chosen) void setSound(film.id, { voice });
          }}
        />
      ))}
    </RadioGroup>
  );
}

/** Who speaks the film: each voice can be heard before it is chosen. */
export function VoiceChoice({ film }: { film: FilmState }) {
  const maker = useMaker(film);
  if (!maker) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-soft">{words.voice}</span>
      <Popover
        label={words.voices}
        className="max-h-80 w-72 overflow-y-auto"
        trigger={
          <Button>
            <Icon name="mic" className="size-4.5 text-voice" />
            {nameOf(film.brief?.voice ?? "")}
            <Icon name="open" className="size-3.5 rotate-90 text-faint" />
          </Button>
        }
      >
        <Voices film={film} maker={maker} />
      </Popover>
    </div>
  );
}
