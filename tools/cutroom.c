// The command-line program: finds the command and hands over.
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "report.h"

typedef struct command {
    const char *name, *explanation;
    int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"make", "make a film from a prompt or a script", command_make},
    {"status", "say how far a film is, unit by unit", command_status},
    {"render", "render a project into a file", command_render},
    {"probe", "say what a media file holds", command_probe},
    {"digest", "print a line a frame, to compare renders", command_digest},
    {"check", "validate a project and the files it needs", command_check},
    {"edit", "apply an edit to a project", command_edit},
    {"captions", "print a project's captions as .srt", command_captions},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void print_usage(void)
{
    puts("usage: cutroom COMMAND …\n\n"
         "Cutroom turns a prompt into a finished film, and renders and edits its project.\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-9s %s\n", commands[i].name, commands[i].explanation);
    puts("\n`cutroom COMMAND --help` explains one of them; the manual is cutroom(1).\n"
         "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 bad input, 4 something is\n"
         "missing, 5 no space left, 6 not allowed, 130 interrupted.");
}

static const command *find(const char *name)
{
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    }
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 2) return report_usage(NULL, "what is to be done?");
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        const command *asked = argc > 2 ? find(argv[2]) : NULL;
        char help[] = "--help";
        if (asked) return asked->run(2, (char *[]){argv[2], help, NULL});
        print_usage();
        return CR_EXIT_OK;
    }
    if (strcmp(name, "--version") == 0) {
        puts("cutroom " CUTROOM_VERSION);
        return CR_EXIT_OK;
    }
    const command *chosen = find(name);
    if (!chosen) return report_usage(NULL, "there is no command '%s'", name);
    return chosen->run(argc - 1, argv + 1);
}
