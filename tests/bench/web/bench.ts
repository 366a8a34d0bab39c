// What the runner calls in the page.

import { runLimit } from "./limit";
import { runOurs } from "./ours";
import { runMediabunny } from "./peer_mediabunny";

Object.assign(globalThis, { bench: { runLimit, runOurs, runMediabunny } });
