#include "http/gate.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "base/mem.h"
#include "http/sessions.h"

enum { SECRET_BYTES = 32 };

struct cr_gate {
    pthread_mutex_t lock;
    char link[CR_GATE_TOKEN_BYTES]; // "" once it was followed
    cr_sessions *sessions;
};

static void make_token(char out[CR_GATE_TOKEN_BYTES])
{
    unsigned char secret[SECRET_BYTES];
    randombytes_buf(secret, sizeof secret);
    (void)sodium_bin2hex(out, CR_GATE_TOKEN_BYTES, secret, sizeof secret);
}

cr_status cr_gate_open(cr_gate **out, const char *sessions_path)
{
    if (sodium_init() < 0) return CR_NOMEM;
    cr_gate *gate = cr_alloc(1, sizeof *gate);
    (void)pthread_mutex_init(&gate->lock, NULL);
    gate->sessions = cr_sessions_open(sessions_path);
    make_token(gate->link);
    *out = gate;
    return CR_OK;
}

void cr_gate_close(cr_gate **gate)
{
    cr_gate *closing = *gate;
    if (!closing) return;
    cr_sessions_close(&closing->sessions);
    (void)pthread_mutex_destroy(&closing->lock);
    sodium_memzero(closing, sizeof *closing);
    cr_free(closing);
    *gate = NULL;
}

void cr_gate_link(cr_gate *gate, char out[CR_GATE_TOKEN_BYTES])
{
    (void)pthread_mutex_lock(&gate->lock);
    memcpy(out, gate->link, CR_GATE_TOKEN_BYTES);
    (void)pthread_mutex_unlock(&gate->lock);
}

bool cr_gate_admits(const cr_http_request *request, const cr_site *site, cr_http_answer *answer)
{
    const char *host = request->field(request->cookie, "Host");
    if (!cr_site_has_host(site, host)) {
        cr_http_say(answer, 421, "This server answers to %s only.",
                    site->origin ? site->origin : "127.0.0.1 and localhost");
        return false;
    }
    const char *origin = request->field(request->cookie, "Origin");
    bool is_own = !origin || cr_site_has_origin(site, host, origin);
    if (!is_own) cr_http_say(answer, 403, "Pages of other origins are not answered.");
    return is_own;
}

const char *cr_gate_cookie_end(const cr_http_request *request, const cr_site *site)
{
    const char *host = request->field(request->cookie, "Host");
    return cr_site_is_secure(site, host) ? "; Path=/; HttpOnly; SameSite=Strict; Secure"
                                         : "; Path=/; HttpOnly; SameSite=Strict";
}

// Cookies are not told apart by port: the name does it.
static void cookie_name(unsigned port, char out[32])
{
    (void)snprintf(out, 32, "cutroom-%u=", port);
}

bool cr_gate_has_session(cr_gate *gate, const cr_http_request *request, const cr_site *site,
                         cr_http_answer *answer)
{
    const char *cookies = request->field(request->cookie, "Cookie");
    char name[32], token[CR_GATE_TOKEN_BYTES] = "";
    cookie_name(site->port, name);
    for (const char *at = cookies; at && (at = strstr(at, name)); at += strlen(name)) {
        if (at != cookies && at[-1] != ' ' && at[-1] != ';') continue;
        (void)snprintf(token, sizeof token, "%.*s", (int)strcspn(at + strlen(name), "; "),
                       at + strlen(name));
        if (cr_sessions_know(gate->sessions, token, (int64_t)time(NULL))) return true;
    }
    cr_http_say(answer, 401,
                "Open the link that `cutroom serve` printed: it works once, in one "
                "browser. Start it again for another.");
    return false;
}

// The session that the link opens; false when it was followed already.
static bool open_session(cr_gate *gate, const char *token, char session[CR_GATE_TOKEN_BYTES])
{
    (void)pthread_mutex_lock(&gate->lock);
    bool is_right = token && gate->link[0] && strlen(token) == CR_GATE_TOKEN_BYTES - 1 &&
                    sodium_memcmp(token, gate->link, CR_GATE_TOKEN_BYTES - 1) == 0;
    if (is_right) {
        sodium_memzero(gate->link, sizeof gate->link);
        make_token(session);
        cr_sessions_add(gate->sessions, session, (int64_t)time(NULL));
    }
    (void)pthread_mutex_unlock(&gate->lock);
    return is_right;
}

void cr_gate_follow(cr_gate *gate, const cr_http_request *request, const char *next,
                    const cr_site *site, cr_http_answer *answer)
{
    char session[CR_GATE_TOKEN_BYTES], name[32];
    if (!open_session(gate, request->query(request->cookie, "token"), session)) {
        cr_http_say(answer, 403,
                    "This link was used already, or is not of this server. Start "
                    "`cutroom serve` again for a new one.");
        return;
    }
    cookie_name(site->port, name);
    answer->status = 303;
    cr_http_add_field(answer, "Set-Cookie", "%s%s%s", name, session,
                      cr_gate_cookie_end(request, site));
    cr_http_add_field(answer, "Cache-Control", "no-store");
    cr_http_add_field(answer, "Referrer-Policy", "no-referrer");
    cr_http_add_field(answer, "Location", "%s", next);
}
