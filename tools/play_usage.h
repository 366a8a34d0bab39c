// What `cutroom play --help` says, with and without SDL.
#pragma once

extern const char play_usage[];
