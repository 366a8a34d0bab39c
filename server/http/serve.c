#include "http/serve.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "http/account_live.h"
#include "http/asset_answer.h"
#include "http/gate.h"
#include "http/page.h"

// 1xx to 5xx.
enum { STATUS_CLASSES = 6 };

struct cr_serve {
    cr_serve_desc desc;
    char *page_folder;
    cr_gate *gate;
    cr_asset_links *links;
    cr_http_server *server;
    atomic_ullong answered[STATUS_CLASSES];
};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

// "/open?token=…&film=name"
static void open_page(cr_serve *serve, const cr_http_request *request, const cr_site *site,
                      cr_http_answer *answer)
{
    const char *film = request->query(request->cookie, "film");
    bool is_name = film && *film && strlen(film) < 128 && !strpbrk(film, "/%?#&\r\n ");
    char *next = is_name ? cr_format("/?project=films/%s/project.json", film) : cr_strdup("/");
    cr_gate_follow(serve->gate, request, next, site, answer);
    cr_free(next);
}

// A file of a film, those of the command line first.
static void answer_film(cr_serve *serve, const cr_http_request *request, cr_http_answer *answer)
{
    static const char prefix[] = "/films/";
    if (cr_films_has(serve->desc.films, request->path) || !serve->desc.api.shelf) {
        cr_films_answer(serve->desc.films, request, answer);
        return;
    }
    const char *name = request->path + sizeof prefix - 1;
    size_t length = strcspn(name, "/");
    char *id = cr_strndup(name, length), *folder = cr_shelf_folder(serve->desc.api.shelf, id);
    cr_films_answer_file(folder, name + length, request, answer);
    cr_free(folder);
    cr_free(id);
}

static bool is_read(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

// May who asks have what is there?
static bool is_admitted(cr_serve *serve, const cr_http_request *request, const cr_site *site,
                        cr_http_answer *answer)
{
    if (!serve->desc.accounts) return cr_gate_has_session(serve->gate, request, site, answer);
    cr_account_call call;
    cr_account_find(&call, serve->desc.accounts, request, site);
    return cr_account_admits(&call, answer);
}

// By a signed address, too; one that is not good is told so, whoever asks.
static bool is_admitted_to_asset(cr_serve *serve, const cr_http_request *request,
                                 const cr_site *site, cr_http_answer *answer)
{
    static const char prefix[] = "/asset/";
    const char *signature = request->query(request->cookie, "signature");
    if (!signature) return is_admitted(serve, request, site, answer);
    bool is_good = cr_asset_link_is_good(
        serve->links, request->path + sizeof prefix - 1, request->query(request->cookie, "expires"),
        request->query(request->cookie, "download") != NULL, signature, (int64_t)time(NULL));
    if (is_good) return true;
    cr_http_say(answer, 403, "This link has run out, or is not of this server.");
    cr_http_add_field(answer, "Cache-Control", "no-store");
    return false;
}

static void answer_api_of_person(cr_serve *serve, const cr_http_request *request,
                                 const cr_site *site, cr_http_answer *answer)
{
    cr_account_call call;
    cr_account_find(&call, serve->desc.accounts, request, site);
    if (cr_account_answer(&call, answer)) {
        // Whoever signed out, or lost a part in a film, is not told of it any more.
        if (!is_read(request->method) && serve->desc.api.live)
            cr_live_look_at_rights(serve->desc.api.live);
        return;
    }
    if (!cr_account_admits(&call, answer)) return;
    cr_api api = serve->desc.api;
    api.asked = &call;
    cr_api_answer(&api, request, answer);
}

static void answer_api(cr_serve *serve, const cr_http_request *request, const cr_site *site,
                       cr_http_answer *answer)
{
    if (serve->desc.accounts) {
        answer_api_of_person(serve, request, site, answer);
        return;
    }
    if (!cr_gate_has_session(serve->gate, request, site, answer))
        cr_api_wrap_error(answer);
    else
        cr_api_answer(&serve->desc.api, request, answer);
}

// What Prometheus reads; nothing of it is secret.
static void answer_metrics(cr_serve *serve, cr_http_answer *answer)
{
    int films = 0, running = 0;
    if (serve->desc.api.shelf) cr_shelf_count(serve->desc.api.shelf, &films, &running);
    int pages = serve->desc.api.live ? cr_live_count(serve->desc.api.live) : 0;
    cr_str text = {0};
    cr_str_add(&text, "# HELP cutroom_requests_total Requests by the class of their answer.\n"
                      "# TYPE cutroom_requests_total counter\n");
    for (int i = 1; i < STATUS_CLASSES; i++)
        cr_str_addf(&text, "cutroom_requests_total{status=\"%dxx\"} %llu\n", i,
                    (unsigned long long)atomic_load(&serve->answered[i]));
    cr_str_addf(&text,
                "# HELP cutroom_films Films in the folder.\n# TYPE cutroom_films gauge\n"
                "cutroom_films %d\n"
                "# HELP cutroom_films_running Films that are being made.\n"
                "# TYPE cutroom_films_running gauge\ncutroom_films_running %d\n"
                "# HELP cutroom_live_connections Pages that are told of changes.\n"
                "# TYPE cutroom_live_connections gauge\ncutroom_live_connections %d\n",
                films, running, pages);
    answer->status = 200;
    answer->text = cr_str_take(&text);
    cr_http_add_field(answer, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
}

static cr_site site_of(const cr_serve *serve)
{
    return (cr_site){.port = cr_http_port(serve->server),
                     .has_tls = serve->desc.tls.certificate != NULL,
                     .origin = serve->desc.origin,
                     .proxy = serve->desc.proxy};
}

static void route(cr_serve *serve, const cr_http_request *request, const cr_site *site,
                  cr_http_answer *answer)
{
    if (serve->desc.api.shelf && cr_api_is_webhook(request)) {
        cr_api_answer(&serve->desc.api, request, answer);
        return;
    }
    if (!cr_gate_admits(request, site, answer)) return;
    if (begins(request->path, "/api/") && serve->desc.api.shelf) {
        answer_api(serve, request, site, answer);
        return;
    }
    if (!is_read(request->method)) {
        cr_http_say(answer, 405, "Only GET and HEAD are answered here.");
        cr_http_add_field(answer, "Allow", "GET, HEAD");
        return;
    }
    if (strcmp(request->path, "/healthz") == 0) {
        cr_http_say(answer, 200, "ok");
    } else if (strcmp(request->path, "/metrics") == 0) {
        if (!serve->desc.accounts || is_admitted(serve, request, site, answer))
            answer_metrics(serve, answer);
    } else if (strcmp(request->path, "/open") == 0) {
        open_page(serve, request, site, answer);
    } else if (begins(request->path, "/films/")) {
        if (is_admitted(serve, request, site, answer)) answer_film(serve, request, answer);
    } else if (begins(request->path, "/asset/")) {
        if (is_admitted_to_asset(serve, request, site, answer))
            cr_http_answer_asset(serve->desc.assets, request, answer);
    } else {
        cr_http_answer_page(request, serve->page_folder, answer);
    }
}

static void answer_request(void *cookie, const cr_http_request *request, cr_http_answer *answer)
{
    cr_serve *serve = cookie;
    const cr_site site = site_of(serve);
    route(serve, request, &site, answer);
    // From then on a browser asks for nothing of ours in the clear, which one's own loopback is
    // spared.
    if (site.origin && cr_site_is_secure(&site, request->field(request->cookie, "Host")))
        cr_http_add_field(answer, "Strict-Transport-Security", "max-age=31536000");
    int class = answer->status / 100;
    if (class > 0 && class < STATUS_CLASSES) atomic_fetch_add(&serve->answered[class], 1);
}

cr_status cr_serve_open(cr_serve **out, const cr_serve_desc *desc, cr_fault *fault)
{
    char *index = cr_format("%s/index.html", desc->page_folder);
    bool has_page = access(index, R_OK) == 0;
    cr_free(index);
    if (!has_page)
        return cr_fail(fault, CR_NOTFOUND, desc->page_folder, "there is no page in this folder");
    cr_serve *serve = cr_alloc(1, sizeof *serve);
    serve->desc = *desc;
    serve->page_folder = cr_strdup(desc->page_folder);
    if (desc->accounts && desc->api.live) {
        const cr_live_rights rights = cr_account_rights(desc->accounts);
        cr_live_set_rights(desc->api.live, &rights);
    }
    cr_http_desc http = {.address = desc->address,
                         .tls = desc->tls,
                         .port = desc->port,
                         .handler = answer_request,
                         .cookie = serve,
                         .log = desc->log};
    cr_status status = cr_gate_open(&serve->gate, desc->sessions);
    if (status != CR_OK) (void)cr_fail(fault, status, "", "this machine gives no random numbers");
    if (status == CR_OK) status = cr_asset_links_open(&serve->links, desc->link_secret, fault);
    serve->desc.api.assets = desc->assets;
    serve->desc.api.links = serve->links;
    if (status == CR_OK) status = cr_http_open(&serve->server, &http, fault);
    if (status == CR_OK)
        *out = serve;
    else
        cr_serve_close(&serve);
    return status;
}

void cr_serve_close(cr_serve **serve)
{
    cr_serve *closing = *serve;
    if (!closing) return;
    // Connections that are not HTTP any more would hold the server open.
    if (closing->desc.api.live) cr_live_stop(closing->desc.api.live);
    cr_http_close(&closing->server);
    cr_gate_close(&closing->gate);
    cr_asset_links_close(&closing->links);
    cr_free(closing->page_folder);
    cr_free(closing);
    *serve = NULL;
}

uint16_t cr_serve_port(const cr_serve *serve)
{
    return cr_http_port(serve->server);
}

// Where the page is, without a slash at the end. Gives the text (cr_free).
static char *own_origin(const cr_serve *serve)
{
    const cr_site site = site_of(serve);
    if (site.origin) return cr_strdup(site.origin);
    return cr_format("%s://127.0.0.1:%u", site.has_tls ? "https" : "http", site.port);
}

// The first person is invited; the others are by those who are there.
static char *link_to_join(cr_serve *serve, const char *origin)
{
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_fault fault = {0};
    int64_t now_ms = (int64_t)time(NULL) * 1000;
    if (cr_accounts_is_empty(serve->desc.accounts) &&
        cr_accounts_invite(serve->desc.accounts, "", true, now_ms, key, &fault) == CR_OK)
        return cr_format("%s/#invitation=%s", origin, key);
    return cr_format("%s/", origin);
}

char *cr_serve_link(cr_serve *serve, const char *film)
{
    char token[CR_GATE_TOKEN_BYTES], *origin = own_origin(serve), *link;
    cr_gate_link(serve->gate, token);
    if (serve->desc.accounts)
        link = link_to_join(serve, origin);
    else
        link = cr_format("%s/open?token=%s%s%s", origin, token, film ? "&film=" : "",
                         film ? film : "");
    cr_free(origin);
    return link;
}
