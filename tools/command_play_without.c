// `cutroom play` of a program that is built without SDL.
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "play_usage.h"

int command_play(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") != 0 && strcmp(argv[i], "-h") != 0) continue;
        fputs(play_usage, stdout);
        return CR_EXIT_OK;
    }
    fputs("cutroom play: this program was built without SDL, which opens the window: install "
          "libsdl2-dev and build again\n",
          stderr);
    return CR_EXIT_FAILED;
}
