#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounts_place.h"
#include "base/mem.h"
#include "command.h"
#include "data_folder.h"
#include "http/serve.h"
#include "interrupt.h"
#include "options.h"
#include "report.h"
#include "serve_assets.h"
#include "serve_reach.h"
#include "serve_studio.h"

enum { PORT_DEFAULT = 8787, LOOK_MS = 200 };

static const char usage[] =
    "usage: cutroom serve [FOLDER…] [options]\n"
    "\n"
    "Serves the editor to a browser on this machine, makes the films that are asked for in it,\n"
    "and shows those of FOLDER… (film.cutroom) too. Prints a link that opens it, once; Ctrl-C\n"
    "ends it, and the next start goes on with what was under way.\n"
    "\n"
    "      --port N          0 to 65535 (8787; 0: any that is free)\n"
    "      --assets DIR      shows what is kept there under /asset/KEY, by the SHA-256 of its "
    "bytes;\n"
    "                        s3://BUCKET: what is kept in a bucket of R2 or another S3 service\n"
    "      --s3-endpoint URL the service's address (https://ACCOUNT.r2.cloudflarestorage.com)\n"
    "      --s3-region NAME  (auto)\n"
    "      --assets-cache DIR  where what is read of the bucket is kept for the next time\n"
    "      --films DIR       where films are kept (cutroom/films among your data)\n"
    "      --db ADDRESS      keeps the films' state, and accounts, in this database instead of "
    "beside\n"
    "                        them: postgres://USER@HOST/NAME, whose password PGPASSWORD or "
    "~/.pgpass\n"
    "                        gives, or a file; servers that share it and DIR share their work\n"
    "      --page DIR        the built page (web beside the program's data; see tools/web build)\n"
    "      --accounts        people sign in, and share films with each other; kept in the\n"
    "                        films' folder\n"
    "      --origin URL      the address by which others reach it, through a server in front of "
    "it\n"
    "                        that has the certificate (https://films.example.org)\n"
    "      --proxy ADDRESS   the server in front (127.0.0.1): its X-Forwarded-For says from where\n"
    "                        somebody tries passwords, which is limited\n"
    "      --listen ADDRESS  127.0.0.1; another one lets others in without a server in front\n"
    "      --tls-cert FILE   speaks TLS itself, with this certificate and those behind it in PEM\n"
    "      --tls-key FILE    its key, which only you can read\n"
    "  -q, --quiet           only the link\n"
    "  -h, --help            this text\n";

static const struct option options[] = {{"port", required_argument, NULL, 'p'},
                                        {"films", required_argument, NULL, 'f'},
                                        {"db", required_argument, NULL, 'd'},
                                        {"page", required_argument, NULL, 'w'},
                                        {"quiet", no_argument, NULL, 'q'},
                                        {"help", no_argument, NULL, 'h'},
                                        {"assets", required_argument, NULL, 'a'},
                                        {"s3-endpoint", required_argument, NULL, 'e'},
                                        {"s3-region", required_argument, NULL, 'r'},
                                        {"assets-cache", required_argument, NULL, 'c'},
                                        {"accounts", no_argument, NULL, 'A'},
                                        {"origin", required_argument, NULL, 'o'},
                                        {"listen", required_argument, NULL, 'l'},
                                        {"tls-cert", required_argument, NULL, 'C'},
                                        {"tls-key", required_argument, NULL, 'K'},
                                        {"proxy", required_argument, NULL, 'P'},
                                        {0}};

typedef struct request {
    int64_t port;
    const char *page, *films, *database;
    serve_assets assets;
    serve_reach reach;
    bool is_quiet, is_port_chosen, has_accounts;
} request;

// Beside the data, where tools/web puts it.
static char *page_folder(const request *r)
{
    if (r->page) return cr_strdup(r->page);
    return data_folder_path("../web");
}

// A line a request, JSON as it is.
static void write_line(void *cookie, cr_log_level level, const char *line)
{
    (void)cookie;
    (void)level;
    fprintf(stderr, "%s\n", line);
}

// Films open it when they are asked for: what is wrong with it is better said at the start.
static cr_status check_database(const char *address, cr_fault *fault)
{
    cr_store *store = NULL;
    cr_status status = cr_store_open(&store, address, fault);
    cr_store_close(&store);
    return status;
}

static cr_status open_server(const request *r, const char *page, const cr_films *films,
                             const serve_studio *studio, const cr_depot *assets,
                             cr_accounts *accounts, const cr_http_tls *tls, cr_serve **out,
                             cr_fault *fault)
{
    char *sessions = cr_format("%s/sessions", serve_studio_folder(studio));
    char *secret = cr_format("%s/asset-links", serve_studio_folder(studio));
    cr_serve_desc desc = {
        .page_folder = page,
        .films = films,
        .api = serve_studio_api(studio),
        .assets = assets,
        .accounts = accounts,
        .sessions = sessions,
        .link_secret = assets ? secret : NULL,
        .address = r->reach.address,
        .origin = r->reach.origin,
        .proxy = r->reach.proxy,
        .tls = *tls,
        .port = (uint16_t)r->port,
        .log = {.write = write_line, .level_max = r->is_quiet ? CR_LOG_NONE : CR_LOG_INFO}};
    cr_status status = cr_serve_open(out, &desc, fault);
    // The usual port may be taken by another of ours.
    if (status == CR_EXISTS && !r->is_port_chosen) {
        desc.port = 0;
        status = cr_serve_open(out, &desc, fault);
    }
    cr_free(secret);
    cr_free(sessions);
    return status;
}

static int serve(const request *r, char **folders, int count)
{
    cr_films *films = cr_films_open();
    cr_fault fault = {0};
    const char *first = NULL;
    cr_status status = CR_OK;
    for (int i = 0; i < count && status == CR_OK; i++) {
        const char *name = NULL;
        status = cr_films_add(films, folders[i], &name, &fault);
        if (!first) first = name;
    }
    char *page = page_folder(r);
    cr_serve *running = NULL;
    serve_studio *studio = NULL;
    cr_depot *assets = NULL;
    cr_accounts *accounts = NULL;
    cr_http_tls tls = {0};
    if (status == CR_OK) status = serve_reach_check(&r->reach, &tls, &fault);
    if (status == CR_OK) status = serve_assets_open(&assets, &r->assets, &fault);
    if (status == CR_OK && r->database) status = check_database(r->database, &fault);
    if (status == CR_OK) status = serve_studio_open(&studio, r->films, r->database, &fault);
    if (status == CR_OK && r->has_accounts)
        status =
            accounts_place_open(&accounts, serve_studio_folder(studio), r->database, true, &fault);
    if (status == CR_OK)
        status = open_server(r, page, films, studio, assets, accounts, &tls, &running, &fault);
    if (status == CR_OK) {
        interrupt_watch();
        char *link = cr_serve_link(running, first);
        printf("%s\n", link);
        fflush(stdout);
        cr_free(link);
        while (!interrupt_asked())
            (void)poll(NULL, 0, LOOK_MS);
    }
    cr_serve_close(&running);
    serve_reach_forget(&tls);
    cr_accounts_close(&accounts);
    serve_studio_close(&studio);
    cr_depot_close(&assets);
    cr_films_close(&films);
    cr_free(page);
    return status == CR_OK ? CR_EXIT_OK : report_fault(NULL, &fault);
}

int command_serve(int argc, char **argv)
{
    request r = {.port = PORT_DEFAULT};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":p:f:w:a:Aqh", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("serve", "unknown option '%s'", given);
        if (option == ':') return report_usage("serve", "'%s' needs a value", given);
        if (option == 'w') r.page = optarg;
        if (option == 'f') r.films = optarg;
        if (option == 'd') r.database = optarg;
        if (option == 'a') r.assets.address = optarg;
        if (option == 'e') r.assets.endpoint = optarg;
        if (option == 'r') r.assets.region = optarg;
        if (option == 'c') r.assets.cache = optarg;
        if (option == 'A') r.has_accounts = r.reach.has_accounts = true;
        if (option == 'o') r.reach.origin = optarg;
        if (option == 'l') r.reach.address = optarg;
        if (option == 'C') r.reach.certificate = optarg;
        if (option == 'K') r.reach.key = optarg;
        if (option == 'P') r.reach.proxy = optarg;
        if (option == 'q') r.is_quiet = true;
        if (option == 'p') {
            if (!option_int(optarg, 0, UINT16_MAX, &r.port))
                return report_usage("serve", "'%s' is not a port", optarg);
            r.is_port_chosen = true;
        }
        if (option == 'h') {
            fputs(usage, stdout);
            return CR_EXIT_OK;
        }
    }
    return serve(&r, argv + optind, argc - optind);
}
