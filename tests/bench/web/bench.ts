// What the runner calls in the page.

import { runLimit } from "./limit";
import { runFirstPicture, runScrub, runSeeks } from "./looking";
import { runOurs } from "./ours";
import { runMediabunny } from "./peer_mediabunny";

Object.assign(globalThis, {
  bench: {
    runFirstPicture,
    runLimit,
    runMediabunny,
    runOurs,
    runScrub,
    runSeeks,
  },
});
