#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "command.h"
#include "make_ledger.h"
#include "make_show.h"
#include "make_workplace.h"
#include "report.h"

static const char usage[] = "usage: cutroom status FOLDER\n"
                            "\n"
                            "Says how far the film in FOLDER (film.cutroom) is: its scenes, every\n"
                            "unit of work, and what was spent.\n"
                            "\n"
                            "  -h, --help            this text\n";

static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {0}};

static int show_status(const char *folder)
{
    char *path = cr_format("%s/state.db", folder);
    struct stat found;
    cr_fault fault = {0};
    bool is_there = stat(path, &found) == 0;
    cr_free(path);
    if (!is_there) {
        cr_fail(&fault, CR_NOTFOUND, folder, "there is no film in this folder");
        return report_fault(NULL, &fault);
    }
    make_workplace place;
    if (make_workplace_open(&place, cr_strdup(folder), 1, &fault) != CR_OK)
        return report_fault(NULL, &fault);
    make_show_table(place.studio);
    make_ledger_table(&place);
    make_workplace_close(&place);
    return CR_EXIT_OK;
}

int command_status(int argc, char **argv)
{
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (option == '?') return report_usage("status", "unknown option '%s'", argv[optind - 1]);
        fputs(usage, stdout);
        return CR_EXIT_OK;
    }
    if (optind != argc - 1)
        return report_usage("status", optind == argc ? "which folder?" : "one folder at a time");
    return show_status(argv[optind]);
}
