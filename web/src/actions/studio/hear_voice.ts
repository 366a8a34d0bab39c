import { attempt } from "@/actions/studio/attempt";
import { voiceSound } from "@/server/client";

let heard: HTMLAudioElement | null = null;

/** Ends what is heard of a voice. */
export function hushVoice() {
  heard?.pause();
  heard = null;
}

/** Lets the voice [name] say its sentence; settles when it has ended, or when it is hushed. */
export async function hearVoice(name: string): Promise<void> {
  hushVoice();
  await attempt(async () => {
    const url = URL.createObjectURL(await voiceSound(name));
    const audio = new Audio(url);
    heard = audio;
    const ended = new Promise((end) => {
      audio.onended = audio.onpause = audio.onerror = end;
    });
    await audio.play();
    await ended;
    URL.revokeObjectURL(url);
  });
}
