#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "accounts/account_keys.h"
#include "accounts/account_people.h"
#include "accounts/film_people.h"
#include "accounts_place.h"
#include "base/mem.h"
#include "base/vec.h"
#include "command.h"
#include "http/site.h"
#include "options.h"
#include "report.h"
#include "serve_studio.h"

enum { AUDIT_LINES_DEFAULT = 40, DATE_BYTES = 32, WORDS_MAX = 3 };

static const char usage[] =
    "usage: cutroom accounts list\n"
    "       cutroom accounts invite [--admin]\n"
    "       cutroom accounts add NAME [--admin]     (the password comes from standard input)\n"
    "       cutroom accounts reset NAME\n"
    "       cutroom accounts disable NAME\n"
    "       cutroom accounts enable NAME\n"
    "       cutroom accounts admin NAME on|off\n"
    "       cutroom accounts role NAME FILM viewer|editor|owner|none\n"
    "       cutroom accounts audit [--lines N]\n"
    "\n"
    "The people of a server with accounts, whether it runs or not: who there is, links by which\n"
    "somebody joins or sets a forgotten password anew, who may come in, and what was done.\n"
    "\n"
    "      --films DIR       where the server keeps its films (cutroom/films among your data)\n"
    "      --db ADDRESS      the database that the server was started with\n"
    "      --origin URL      the server's address, for links (http://127.0.0.1:8787)\n"
    "      --admin           whoever joins runs the server\n"
    "      --lines N         how many lines of the log, newest first (40)\n"
    "  -h, --help            this text\n";

static const struct option options[] = {{"films", required_argument, NULL, 'f'},
                                        {"db", required_argument, NULL, 'd'},
                                        {"origin", required_argument, NULL, 'o'},
                                        {"admin", no_argument, NULL, 'A'},
                                        {"lines", required_argument, NULL, 'n'},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

// In the log of what was done; no person can be called so.
static const char myself[] = "(command line)";

// What is asked for.
typedef struct request {
    const char *films, *database, *origin;
    const char *words[WORDS_MAX]; // behind the deed's; NULL: not said
    bool is_admin;
    int64_t lines;
    char *folder; // owned
    cr_accounts *accounts;
    int64_t now_ms;
} request;

static void date_name(int64_t at_ms, char out[DATE_BYTES])
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm parts;
    if (at_ms <= 0 || !localtime_r(&seconds, &parts) ||
        strftime(out, DATE_BYTES, "%Y-%m-%d %H:%M", &parts) == 0)
        (void)snprintf(out, DATE_BYTES, "never");
}

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text ? text : "";
}

static int64_t number_of(const cJSON *object, const char *key)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(number) ? (int64_t)number->valuedouble : 0;
}

static bool is_true(const cJSON *object, const char *key)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static cr_status list(const request *r, cr_fault *fault)
{
    cJSON *people = NULL;
    const cJSON *person;
    cr_status status = cr_accounts_people(r->accounts, &people, fault);
    if (status != CR_OK) return status;
    cJSON_ArrayForEach(person, people)
    {
        char seen[DATE_BYTES];
        date_name(number_of(person, "seen"), seen);
        printf("%-28s %-9s %4" PRId64 " films  last seen %s\n", text_of(person, "name"),
               is_true(person, "disabled") ? "disabled"
               : is_true(person, "admin")  ? "admin"
                                           : "person",
               number_of(person, "films"), seen);
    }
    if (!people->child) puts("nobody yet: cutroom accounts invite --admin");
    cJSON_Delete(people);
    return CR_OK;
}

static void print_link(const request *r, const char *what, const char *key)
{
    size_t length = strlen(r->origin);
    if (length > 0 && r->origin[length - 1] == '/') length--;
    printf("%.*s/#%s=%s\n", (int)length, r->origin, what, key);
}

static cr_status invite(const request *r, cr_fault *fault)
{
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_status status = cr_accounts_invite(r->accounts, myself, r->is_admin, r->now_ms, key, fault);
    if (status == CR_OK) print_link(r, "invitation", key);
    return status;
}

// One line of standard input, not shown where it is typed.
static cr_status read_password(char out[CR_ACCOUNT_PASSWORD_BYTES_MAX + 2], cr_fault *fault)
{
    struct termios shown;
    bool is_typed = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    if (is_typed) {
        struct termios hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        fputs("password: ", stderr);
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool is_there = fgets(out, CR_ACCOUNT_PASSWORD_BYTES_MAX + 2, stdin) != NULL;
    if (is_typed) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputs("\n", stderr);
    }
    if (!is_there) return cr_fail(fault, CR_INVALID, "password", "standard input has none");
    out[strcspn(out, "\r\n")] = 0;
    return CR_OK;
}

static cr_status add(const request *r, cr_fault *fault)
{
    char key[CR_ACCOUNT_KEY_BYTES], password[CR_ACCOUNT_PASSWORD_BYTES_MAX + 2];
    const cr_visit visit = {.now_ms = r->now_ms};
    cr_status status = read_password(password, fault);
    if (status == CR_OK)
        status = cr_accounts_invite(r->accounts, myself, r->is_admin, r->now_ms, key, fault);
    if (status == CR_OK)
        status = cr_accounts_join(r->accounts, &visit, key, r->words[0], password, fault);
    explicit_bzero(password, sizeof password);
    if (status == CR_OK) printf("%s can sign in\n", r->words[0]);
    return status;
}

static cr_status reset(const request *r, cr_fault *fault)
{
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_status status =
        cr_accounts_reset_key(r->accounts, myself, r->words[0], r->now_ms, key, fault);
    if (status == CR_OK) print_link(r, "reset", key);
    return status;
}

static cr_status change(const request *r, cr_account_change what, const char *done, cr_fault *fault)
{
    cr_status status = cr_accounts_change(r->accounts, myself, r->words[0], what, r->now_ms, fault);
    if (status == CR_OK) printf("%s %s\n", r->words[0], done);
    return status;
}

static cr_status disable(const request *r, cr_fault *fault)
{
    return change(r, CR_ACCOUNT_DISABLE, "cannot come in any more", fault);
}

static cr_status enable(const request *r, cr_fault *fault)
{
    return change(r, CR_ACCOUNT_ENABLE, "can come in again", fault);
}

static cr_status admin(const request *r, cr_fault *fault)
{
    if (strcmp(r->words[1], "on") == 0)
        return change(r, CR_ACCOUNT_ADMIN, "runs the server", fault);
    if (strcmp(r->words[1], "off") == 0)
        return change(r, CR_ACCOUNT_PLAIN, "does not run the server any more", fault);
    return cr_fail(fault, CR_INVALID, "admin", "'%s' is not on or off", r->words[1]);
}

static cr_status role(const request *r, cr_fault *fault)
{
    const char *film = r->words[1];
    const cr_person by = {.name = "(command line)", .is_admin = true};
    cr_role wanted = CR_ROLE_NONE;
    if (!cr_role_read(r->words[2], &wanted))
        return cr_fail(fault, CR_INVALID, "role", "'%s' is not viewer, editor, owner or none",
                       r->words[2]);
    struct stat found;
    char *folder = cr_format("%s/%s.cutroom", r->folder, film);
    bool is_film = !strchr(film, '/') && stat(folder, &found) == 0;
    cr_free(folder);
    if (!is_film)
        return cr_fail(fault, CR_NOTFOUND, film, "there is no film of this name in %s", r->folder);
    cr_status status =
        cr_accounts_share(r->accounts, &by, film, r->words[0], wanted, r->now_ms, fault);
    if (status == CR_OK) printf("%s is %s in %s\n", r->words[0], r->words[2], film);
    return status;
}

static cr_status audit(const request *r, cr_fault *fault)
{
    cJSON *lines = NULL;
    const cJSON *line;
    cr_status status = cr_accounts_audit(r->accounts, (int)r->lines, &lines, fault);
    if (status != CR_OK) return status;
    cJSON_ArrayForEach(line, lines)
    {
        char at[DATE_BYTES];
        date_name(number_of(line, "at"), at);
        printf("%s  %-20s %-14s %s\n", at, text_of(line, "who"), text_of(line, "what"),
               text_of(line, "about"));
    }
    cJSON_Delete(lines);
    return CR_OK;
}

static const struct {
    const char *name;
    cr_status (*run)(const request *r, cr_fault *fault);
    int words;
    bool makes; // the first account may be made by it
} deeds[] = {
    {"list", list, 0, false},   {"invite", invite, 0, true},    {"add", add, 1, true},
    {"reset", reset, 1, false}, {"disable", disable, 1, false}, {"enable", enable, 1, false},
    {"admin", admin, 2, false}, {"role", role, 3, false},       {"audit", audit, 0, false},
};

static int run(request *r, size_t deed)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    r->now_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    r->folder = r->films ? cr_strdup(r->films) : serve_studio_usual_folder();
    cr_fault fault = {0};
    cr_status status =
        accounts_place_open(&r->accounts, r->folder, r->database, deeds[deed].makes, &fault);
    if (status == CR_OK) status = deeds[deed].run(r, &fault);
    cr_accounts_close(&r->accounts);
    cr_free(r->folder);
    return status == CR_OK ? CR_EXIT_OK : report_fault(NULL, &fault);
}

// The deed that is asked for and its words; else what was wrong with them was said.
static int choose(request *r, char **words, int count)
{
    if (count < 1)
        return report_usage("accounts", "list, invite, add, reset, disable, enable, admin, role "
                                        "or audit?");
    size_t i = 0;
    while (i < CR_COUNT_OF(deeds) && strcmp(deeds[i].name, words[0]) != 0)
        i++;
    if (i == CR_COUNT_OF(deeds))
        return report_usage("accounts", "'%s' is nothing that it does", words[0]);
    if (count - 1 != deeds[i].words)
        return report_usage("accounts", "'%s' needs %d words behind it, not %d", words[0],
                            deeds[i].words, count - 1);
    for (int word = 1; word < count; word++)
        r->words[word - 1] = words[word];
    return run(r, i);
}

int command_accounts(int argc, char **argv)
{
    request r = {.origin = "http://127.0.0.1:8787", .lines = AUDIT_LINES_DEFAULT};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("accounts", "unknown option '%s'", given);
        if (option == ':') return report_usage("accounts", "'%s' needs a value", given);
        if (option == 'f') r.films = optarg;
        if (option == 'd') r.database = optarg;
        if (option == 'A') r.is_admin = true;
        if (option == 'o') {
            r.origin = optarg;
            if (!cr_site_is_origin(optarg))
                return report_usage("accounts", "'%s' is no origin, such as https://NAME", optarg);
        }
        if (option == 'n' && !option_int(optarg, 1, INT16_MAX, &r.lines))
            return report_usage("accounts", "'%s' is not a number of lines", optarg);
        if (option == 'h') {
            fputs(usage, stdout);
            return CR_EXIT_OK;
        }
    }
    return choose(&r, argv + optind, argc - optind);
}
