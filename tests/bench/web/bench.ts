// What the runner calls in the page.

import { runLimit } from "./limit";
import { runFirstPicture, runScrub, runSeeks } from "./looking";
import { exportedFile, runOurs } from "./ours";
import { runMediabunny } from "./peer_mediabunny";
import { runPlay } from "./playing";

Object.assign(globalThis, {
  bench: {
    runFirstPicture,
    runLimit,
    runMediabunny,
    exportedFile,
    runOurs,
    runPlay,
    runScrub,
    runSeeks,
  },
});
