#include <stddef.h>

#include "command.h"

const command_entry commands[] = {
    {"make", "make a film from a prompt or a script", command_make},
    {"status", "say how far a film is, unit by unit", command_status},
    {"serve", "serve the editor to a browser on this machine", command_serve},
    {"accounts", "the people of a server: who there is, links, who may come in", command_accounts},
    {"store", "check a database of films, or copy it while it is in use", command_store},
    {"render", "render a project into a file", command_render},
    {"play", "play a project or a media file in a window", command_play},
    {"probe", "say what a media file holds", command_probe},
    {"digest", "print a line a frame, to compare renders", command_digest},
    {"check", "validate a project and the files it needs", command_check},
    {"edit", "apply an edit to a project", command_edit},
    {"captions", "print a project's captions as .srt", command_captions},
    {NULL, NULL, NULL},
};
