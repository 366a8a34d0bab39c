// Media into a film of the server by the tus protocol: in pieces, so that a connection that is lost costs
// one of them, and a page that is loaded again goes on where it was.
import { filmPath, serverAddress, ServerError } from "@/server/client";
import type { ServerFault } from "@/server/types";

/** What the server takes at once. */
const PIECE = 1024 * 1024;

const AGAIN_MS = [500, 1000, 2000, 4000, 8000, 16_000] as const;

const TUS = { "Tus-Resumable": "1.0.0" };

const isGone = ({ status }: Response) => status === 404 || status === 410;

async function faultOf(answer: Response): Promise<ServerError> {
  const { error } = (await answer.json()) as ServerFault;
  return new ServerError(answer.status, error.code, error.message, error.place);
}

/** Which upload of this browser the file is, so that it is found again. */
const keyOf = (film: string, { name, size, lastModified }: File) =>
  `upload ${film} ${name} ${size} ${lastModified}`;

/** A name as the protocol writes it: the Base64 of its UTF-8. */
const encoded = (name: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(name)));

async function begin(film: string, file: File, signal: AbortSignal) {
  const answer = await fetch(serverAddress(filmPath(film, "/media")), {
    method: "POST",
    headers: {
      ...TUS,
      "Upload-Length": `${file.size}`,
      "Upload-Metadata": `filename ${encoded(file.name)}`,
    },
    signal,
  });
  const place = answer.headers.get("Location");
  if (!answer.ok || !place) throw await faultOf(answer);
  return place;
}

/** How much of it is there; null: nothing is known of it any more. */
async function offsetOf(place: string, signal: AbortSignal) {
  const address = serverAddress(place.replace(/^\//, ""));
  const answer = await fetch(address, { method: "HEAD", headers: TUS, signal });
  if (isGone(answer)) return null;
  return Number(answer.headers.get("Upload-Offset"));
}

async function sendPiece(
  place: string,
  file: File,
  offset: number,
  signal: AbortSignal,
) {
  const answer = await fetch(serverAddress(place.replace(/^\//, "")), {
    method: "PATCH",
    headers: {
      ...TUS,
      "Upload-Offset": `${offset}`,
      "Content-Type": "application/offset+octet-stream",
    },
    body: file.slice(offset, offset + PIECE),
    signal,
  });
  return answer;
}

/** One that was begun before and is still known, or a new one. */
async function placeOf(film: string, file: File, signal: AbortSignal) {
  const key = keyOf(film, file);
  const known = localStorage.getItem(key);
  const offset = known === null ? null : await offsetOf(known, signal);
  if (known !== null && offset !== null) return { place: known, offset };
  const place = await begin(film, file, signal);
  localStorage.setItem(key, place);
  return { place, offset: 0 };
}

const later = (wait: number) =>
  new Promise((resolve) => setTimeout(resolve, wait));

/** What a piece led to: how far it is, and at the end what the file is called. */
interface Step {
  offset: number;
  asset: string | null;
}

async function step(
  place: string,
  file: File,
  offset: number,
  signal: AbortSignal,
): Promise<Step> {
  const answer = await sendPiece(place, file, offset, signal);
  // Somewhere else than we thought: a piece had arrived whose answer was lost.
  if (answer.status === 409) {
    const found = await offsetOf(place, signal);
    if (found === null) throw await faultOf(answer);
    return { offset: found, asset: null };
  }
  if (!answer.ok) throw await faultOf(answer);
  return {
    offset: Number(answer.headers.get("Upload-Offset")),
    asset: answer.headers.get("Cutroom-Asset"),
  };
}

/**
 * Brings [file] to [film]; gives the path by which the film's project can name it. Rejects with the server's
 * sentence where it is no media, and with the network's error where that stays away.
 */
export async function uploadMedia(
  film: string,
  file: File,
  signal: AbortSignal,
  onBytes: (sent: number) => void,
): Promise<string> {
  const begun = await placeOf(film, file, signal);
  const key = keyOf(film, file);
  let { offset } = begun;
  for (let failed = 0; ;) {
    try {
      const made = await step(begun.place, file, offset, signal);
      failed = 0;
      ({ offset } = made);
      onBytes(offset);
      if (made.asset === null) continue;
      localStorage.removeItem(key);
      return made.asset;
    } catch (error) {
      const wait = AGAIN_MS[failed++];
      const isFinal = error instanceof ServerError && error.status < 500;
      if (isFinal) localStorage.removeItem(key);
      if (isFinal || signal.aborted || wait === undefined) throw error;
      await later(wait);
    }
  }
}
