import { change, type Failure } from "@/state/session";

/** More are not read anyway: the oldest make room. */
const TROUBLES_MAX = 4;

let told = 0;

/** Shows a sentence beside the film. */
export function tell(failure: Failure) {
  change(({ troubles }) => ({
    troubles: [...troubles, { number: ++told, failure }].slice(-TROUBLES_MAX),
  }));
}

/** Takes it away. */
export function forget(number: number) {
  change(({ troubles }) => ({
    troubles: troubles.filter((trouble) => trouble.number !== number),
  }));
}
