import { useEffect, useState } from "react";

const COUNT = 120;
/** Samples looked at for each peak; more would show nothing more. */
const LOOKS = 200;
/** Decoding only looks: a low rate is enough, and quick. */
const RATE = 8000;

const known = new Map<string, Promise<number[]>>();

function peaksOf(samples: Float32Array): number[] {
  const each = samples.length / COUNT;
  const step = Math.max(1, Math.floor(each / LOOKS));
  const peaks = Array.from({ length: COUNT }, (_, place) => {
    let peak = 0;
    const end = Math.min(samples.length, Math.floor((place + 1) * each));
    for (let at = Math.floor(place * each); at < end; at += step)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const most = Math.max(...peaks, 0.001);
  return peaks.map((peak) => peak / most);
}

async function read(url: string): Promise<number[]> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.statusText);
  const decoder = new OfflineAudioContext(1, 1, RATE);
  const sound = await decoder.decodeAudioData(await answer.arrayBuffer());
  return peaksOf(sound.getChannelData(0));
}

/** How loud the recording at [url] is from its beginning to its end, 0 to 1; null until that is known. */
export function usePeaks(url: string): number[] | null {
  const [peaks, setPeaks] = useState<number[] | null>(null);
  useEffect(() => {
    let isHere = true;
    const reading = known.get(url) ?? read(url);
    known.set(url, reading);
    setPeaks(null);
    reading
      .then((found) => isHere && setPeaks(found))
      .catch(() => known.delete(url)); // it can be heard all the same
    return () => {
      isHere = false;
    };
  }, [url]);
  return peaks;
}
