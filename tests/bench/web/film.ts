// The bench film's numbers; tests/bench/film.py says the same to Cutroom, to ffmpeg and to melt.

export const FRAME_RATE = 30;
export const VIDEO_BIT_RATE = 6_000_000;
export const AUDIO_BIT_RATE = 128_000;
export const GOP_FRAMES = 60;

/** Media of the film, by its address on the bench's server; fetched once. */
export function fetchMedia(name: string): Promise<Blob> {
  let media = fetched.get(name);
  if (!media) {
    media = fetch(`/media/${name}`).then((answer) => answer.blob());
    fetched.set(name, media);
  }
  return media;
}

const fetched = new Map<string, Promise<Blob>>();
