import type { FilmState } from "@/server/types";

/** Width by height of the pictures of [film]. */
export function aspectOf(film: FilmState): number {
  const [width, height] = (film.brief?.aspect ?? "16:9").split(":").map(Number);
  return width && height ? width / height : 16 / 9;
}
