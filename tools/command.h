// The commands of the command-line program: one file each, one function each.
#pragma once

// What the program ends with. Also in the man page.
typedef enum cr_exit {
    CR_EXIT_OK = 0,
    CR_EXIT_FAILED = 1,        // anything that has no number of its own
    CR_EXIT_USAGE = 2,         // the command line was wrong
    CR_EXIT_BAD_INPUT = 3,     // a file or project was read and is wrong
    CR_EXIT_MISSING = 4,       // a file, asset or font is not there
    CR_EXIT_NO_SPACE = 5,      // the disk is full
    CR_EXIT_DENIED = 6,        // not allowed to read or write
    CR_EXIT_INTERRUPTED = 130, // Ctrl-C
} cr_exit;

// argv[0] is the command's own name. Each returns a cr_exit.
int command_make(int argc, char **argv);
int command_render(int argc, char **argv);
int command_probe(int argc, char **argv);
int command_play(int argc, char **argv);
int command_digest(int argc, char **argv);
int command_check(int argc, char **argv);
int command_edit(int argc, char **argv);
int command_captions(int argc, char **argv);
int command_status(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_accounts(int argc, char **argv);
int command_store(int argc, char **argv);

// One command of a program.
typedef struct command_entry {
    const char *name, *explanation;
    int (*run)(int argc, char **argv);
} command_entry;

// Those that this program has, ended by one without a name: all of them in commands.c, those that
// need nothing but the core in commands_core.c.
extern const command_entry commands[];
