// What `cutroom play --help` says, with and without SDL.
#pragma once

// The text, with its line ends. Static.
extern const char play_usage[];
