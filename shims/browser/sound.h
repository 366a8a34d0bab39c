// Sound of a browser worker: Module.crSound.link() gives what the page hands to connectSound of
// sound_connect.js, where an AudioContext lives. For the worker that made the module alone.
#pragma once

#include "host/host_sound.h"

// Fills [out]. Nothing is heard, and is_running says so, until the page has connected.
void cr_browser_sound(cr_host_sound *out);
