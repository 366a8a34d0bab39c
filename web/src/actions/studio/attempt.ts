import { ServerError } from "@/server/client";
import { change, now, type Failure } from "@/state/session";
import { strings } from "@/strings";

/** A sentence for what the server refused, or that it was not reached. */
export function serverFailure(error: unknown): Failure {
  if (error instanceof ServerError)
    return {
      message: error.message || strings.studio.refused(error.status),
      place: error.place,
    };
  return { message: strings.studio.unreachable, place: "" };
}

let told = 1_000_000;

/** Does [deed]; what fails is told beside the page. Gives whether it was done. */
export async function attempt(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (error) {
    const trouble = { number: ++told, failure: serverFailure(error) };
    change({ troubles: [...now().troubles, trouble] });
    return false;
  }
}
