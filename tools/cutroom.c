// The command-line program: finds the command and hands over.
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "report.h"

static void print_usage(void)
{
    puts("usage: cutroom COMMAND …\n\n"
         "Cutroom turns a prompt into a finished film, and renders and edits its project.\n");
    for (const command_entry *each = commands; each->name; each++)
        printf("  %-9s %s\n", each->name, each->explanation);
    puts("\n`cutroom COMMAND --help` explains one of them; the manual is cutroom(1).\n"
         "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 bad input, 4 something is\n"
         "missing, 5 no space left, 6 not allowed, 130 interrupted.");
}

static const command_entry *find(const char *name)
{
    for (const command_entry *each = commands; each->name; each++) {
        if (strcmp(each->name, name) == 0) return each;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 2) return report_usage(NULL, "what is to be done?");
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        const command_entry *asked = argc > 2 ? find(argv[2]) : NULL;
        char help[] = "--help";
        if (asked) return asked->run(2, (char *[]){argv[2], help, NULL});
        print_usage();
        return CR_EXIT_OK;
    }
    if (strcmp(name, "--version") == 0) {
        puts("cutroom " CUTROOM_VERSION);
        return CR_EXIT_OK;
    }
    const command_entry *chosen = find(name);
    if (!chosen) return report_usage(NULL, "there is no command '%s'", name);
    return chosen->run(argc - 1, argv + 1);
}
