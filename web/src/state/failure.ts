import { EngineError } from "@/engine/engine";
import type { Failure } from "@/state/session";
import { strings } from "@/strings";

/** A sentence for whatever was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DOMException && error.name === "QuotaExceededError")
    return { message: strings.storage.full, place: "" };
  if (error instanceof EngineError)
    return { message: error.message, place: error.place };
  if (error instanceof Error && error.message)
    return { message: error.message, place: "" };
  return { message: strings.failed.unknown, place: "" };
}

/** The user closed a picker or stopped something: nothing to report. */
export const isUsersChoice = (error: unknown): boolean =>
  (error instanceof DOMException && error.name === "AbortError") ||
  (error instanceof EngineError && error.status === "CANCELED");
