#include "http/serve.h"

#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/gate.h"
#include "http/page.h"

struct cr_serve {
    cr_serve_desc desc;
    char *page_folder;
    cr_gate *gate;
    cr_http_server *server;
};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

// "/open?token=…&film=name"
static void open_page(cr_serve *serve, const cr_http_request *request, cr_http_answer *answer)
{
    const char *film = request->query(request->cookie, "film");
    bool is_name = film && *film && strlen(film) < 128 && !strpbrk(film, "/%?#&\r\n ");
    char *next = is_name ? cr_format("/?project=films/%s/project.json", film) : cr_strdup("/");
    cr_gate_follow(serve->gate, request->query(request->cookie, "token"), next,
                   cr_http_port(serve->server), answer);
    cr_free(next);
}

static void answer_request(void *cookie, const cr_http_request *request, cr_http_answer *answer)
{
    cr_serve *serve = cookie;
    unsigned port = cr_http_port(serve->server);
    if (!cr_gate_admits(request, port, answer)) return;
    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0) {
        cr_http_say(answer, 405, "Only GET and HEAD are answered here.");
        cr_http_add_field(answer, "Allow", "GET, HEAD");
        return;
    }
    if (strcmp(request->path, "/healthz") == 0) {
        cr_http_say(answer, 200, "ok");
    } else if (strcmp(request->path, "/open") == 0) {
        open_page(serve, request, answer);
    } else if (begins(request->path, "/films/")) {
        if (cr_gate_has_session(serve->gate, request, port, answer))
            cr_films_answer(serve->desc.films, request, answer);
    } else {
        cr_http_answer_page(request, serve->page_folder, answer);
    }
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
    cr_http_desc http = {
        .port = desc->port, .handler = answer_request, .cookie = serve, .log = desc->log};
    cr_status status = cr_gate_open(&serve->gate);
    if (status != CR_OK)
        (void)cr_fail(fault, status, "", "this machine gives no random numbers");
    else
        status = cr_http_open(&serve->server, &http, fault);
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
    cr_http_close(&closing->server);
    cr_gate_close(&closing->gate);
    cr_free(closing->page_folder);
    cr_free(closing);
    *serve = NULL;
}

uint16_t cr_serve_port(const cr_serve *serve)
{
    return cr_http_port(serve->server);
}

char *cr_serve_link(cr_serve *serve, const char *film)
{
    char token[CR_GATE_TOKEN_BYTES];
    cr_gate_link(serve->gate, token);
    return cr_format("http://127.0.0.1:%u/open?token=%s%s%s", cr_http_port(serve->server), token,
                     film ? "&film=" : "", film ? film : "");
}
