#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "command.h"
#include "report.h"
#include "store/store.h"

static const char usage[] =
    "usage: cutroom store check PLACE\n"
    "       cutroom store backup PLACE FILE\n"
    "\n"
    "Looks for damage in the database of films, or copies it to FILE while it is in use. PLACE is\n"
    "a film's folder (film.cutroom), a database file, or postgres://USER@HOST/NAME.\n"
    "\n"
    "  -h, --help            this text\n";

static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {0}};

// A file is not made by looking at it.
static cr_status open_place(cr_store **out, const char *place, cr_fault *fault)
{
    struct stat found;
    bool is_folder = stat(place, &found) == 0 && S_ISDIR(found.st_mode);
    char *path = is_folder ? cr_format("%s/state.db", place) : cr_strdup(place);
    cr_status status = CR_OK;
    if (!strstr(path, "://") && stat(path, &found) != 0)
        status = cr_fail(fault, CR_NOTFOUND, place, "there is no database here");
    if (status == CR_OK) status = cr_store_open(out, path, fault);
    cr_free(path);
    return status;
}

static int run(const char *place, const char *file)
{
    cr_store *store = NULL;
    cr_fault fault = {0};
    cr_status status = open_place(&store, place, &fault);
    if (status == CR_OK)
        status = file ? cr_store_backup(store, file, &fault) : cr_store_check(store, &fault);
    cr_store_close(&store);
    if (status != CR_OK) return report_fault(NULL, &fault);
    puts(file ? "copied" : "no damage found");
    return CR_EXIT_OK;
}

int command_store(int argc, char **argv)
{
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (option == '?') return report_usage("store", "unknown option '%s'", argv[optind - 1]);
        fputs(usage, stdout);
        return CR_EXIT_OK;
    }
    int count = argc - optind;
    if (count < 1) return report_usage("store", "check or backup?");
    char **words = argv + optind;
    if (strcmp(words[0], "check") == 0)
        return count == 2 ? run(words[1], NULL) : report_usage("store", "check which place?");
    if (strcmp(words[0], "backup") == 0)
        return count == 3 ? run(words[1], words[2])
                          : report_usage("store", "backup of which place to which file?");
    return report_usage("store", "'%s' is not check or backup", words[0]);
}
