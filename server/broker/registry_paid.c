#include "broker/registry_paid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_news.h"
#include "broker/provider_paid.h"

enum { SERVICES_MAX = 8, MAKERS_MAX = 48 };

// Of the models that change a picture by a note.
static const char change_kind[] = "picture_change";

// A model of a server of one's own, known by name alone: it has no price.
typedef struct own_model {
    cr_model model;
    char *name;
    cJSON *data;
} own_model;

struct cr_paid_broker {
    cr_http_client *http;
    cr_model_table *models;
    cr_builtin_pool *pool;
    int service_count, maker_count;
    cr_paid_service services[SERVICES_MAX];
    cr_paid_maker makers[MAKERS_MAX];
    own_model text;
};

// A service as it is known by its variables.
typedef struct wire {
    const char *id, *label, *key_name, *base_name, *base, *header;
    void (*service)(cr_paid_service *service);
    void (*maker)(cr_paid_maker *maker);
} wire;

static const wire wires[] = {
    {"openai", "OpenAI", "OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1",
     "Authorization: Bearer ", cr_openai_service, cr_openai_maker},
    {"groq", "Groq", "GROQ_API_KEY", "GROQ_BASE_URL", "https://api.groq.com/openai/v1",
     "Authorization: Bearer ", cr_openai_service, cr_openai_maker},
    {"replicate", "Replicate", "REPLICATE_API_TOKEN", "REPLICATE_BASE_URL",
     "https://api.replicate.com/v1", "Authorization: Bearer ", cr_replicate_service,
     cr_replicate_maker},
    {"elevenlabs", "ElevenLabs", "ELEVENLABS_API_KEY", "ELEVENLABS_BASE_URL",
     "https://api.elevenlabs.io", "xi-api-key: ", cr_elevenlabs_service, cr_elevenlabs_maker},
    {"minimax", "MiniMax", "MINIMAX_API_KEY", "MINIMAX_BASE_URL", "https://api.minimax.io",
     "Authorization: Bearer ", cr_minimax_service, cr_minimax_maker},
    {"google", "Google", "GEMINI_API_KEY", "GOOGLE_BASE_URL",
     "https://generativelanguage.googleapis.com", "x-goog-api-key: ", cr_google_service,
     cr_google_maker},
    {"vertex", "Google Vertex AI", "VERTEX_ACCESS_TOKEN", "VERTEX_BASE_URL", "",
     "Authorization: Bearer ", cr_google_service, cr_vertex_maker},
};

// Who is asked for what: the first whose key is there.
static const struct {
    const char *kind, *model_kind, *wire, *model_name;
} offers[] = {
    {"questions", "text", "openai", "CUTROOM_TEXT_MODEL"},
    {"questions", "text", "groq", "CUTROOM_TEXT_MODEL"},
    {"script", "text", "openai", "CUTROOM_TEXT_MODEL"},
    {"script", "text", "groq", "CUTROOM_TEXT_MODEL"},
    {"picture", "picture", "replicate", "CUTROOM_PICTURE_MODEL"},
    {"picture", "picture", "openai", "CUTROOM_PICTURE_MODEL"},
    {"voice", "voice", "elevenlabs", "CUTROOM_VOICE_MODEL"},
    {"voice", "voice", "minimax", "CUTROOM_VOICE_MODEL"},
    {"voice", "voice", "openai", "CUTROOM_VOICE_MODEL"},
    {"music", "music", "replicate", "CUTROOM_MUSIC_MODEL"},
    {"music", "music", "vertex", "CUTROOM_MUSIC_MODEL"},
    {"music", "music", "minimax", "CUTROOM_MUSIC_MODEL"},
    {"motion", "motion", "replicate", "CUTROOM_MOTION_MODEL"},
    {"motion", "motion", "google", "CUTROOM_MOTION_MODEL"},
    {"lipsync", "lipsync", "replicate", "CUTROOM_LIPSYNC_MODEL"},
};

static const char *variable(const cr_paid_desc *desc, const char *name)
{
    const char *value = desc->variable(desc->cookie, name);
    return value ? value : "";
}

const char *cr_paid_webhook_secret(const char *service)
{
    return strcmp(service, "replicate") == 0 ? "REPLICATE_WEBHOOK_SECRET" : NULL;
}

// Where the service is to tell of ends; NULL without an address or without its secret.
static char *webhook_of(const cr_paid_desc *desc, const char *service)
{
    const char *secret = cr_paid_webhook_secret(service);
    const char *base = variable(desc, "CUTROOM_WEBHOOK_URL");
    if (!secret || !*variable(desc, secret) || !*base) return NULL;
    size_t length = strlen(base);
    while (length && base[length - 1] == '/')
        length--;
    return cr_format("%.*s/api/webhooks/%s", (int)length, base, service);
}

static cr_status open_service(cr_paid_broker *broker, const cr_paid_desc *desc, const wire *known,
                              cr_fault *fault)
{
    const char *key = variable(desc, known->key_name);
    const char *base = variable(desc, known->base_name);
    if (!*key) return CR_OK;
    if (!*base && !*known->base)
        return cr_fail(fault, CR_INVALID, known->base_name, "is needed with %s", known->key_name);
    if (strpbrk(key, "\r\n"))
        return cr_fail(fault, CR_INVALID, known->key_name, "holds the end of a line");
    if (*base && strncmp(base, "http://", 7) != 0 && strncmp(base, "https://", 8) != 0)
        return cr_fail(fault, CR_INVALID, known->base_name, "must begin with https:// or http://");
    cr_paid_service *service = &broker->services[broker->service_count++];
    const char *from = *base ? base : known->base;
    size_t length = strlen(from);
    while (length && from[length - 1] == '/')
        length--;
    *service = (cr_paid_service){.id = known->id,
                                 .label = known->label,
                                 .key_name = known->key_name,
                                 .base = cr_strndup(from, length),
                                 .key = cr_strdup(key),
                                 .secret = cr_format("%s%s", known->header, key),
                                 .is_private = strncmp(from, "http://", 7) == 0,
                                 .http = broker->http,
                                 .ledger = desc->ledger,
                                 .poll_ms = strtol(variable(desc, "CUTROOM_POLL_MS"), NULL, 10)};
    service->webhook = webhook_of(desc, known->id);
    if (service->poll_ms <= 0) service->poll_ms = CR_PAID_POLL_MS;
    pthread_mutex_init(&service->lock, NULL);
    known->service(service);
    return CR_OK;
}

static cr_paid_service *find_service(cr_paid_broker *broker, const char *id)
{
    for (int i = 0; i < broker->service_count; i++)
        if (strcmp(broker->services[i].id, id) == 0) return &broker->services[i];
    return NULL;
}

static const wire *find_wire(const char *id)
{
    for (size_t i = 0; i < sizeof wires / sizeof *wires; i++)
        if (strcmp(wires[i].id, id) == 0) return &wires[i];
    return NULL;
}

static cr_paid_maker *make_maker(cr_paid_broker *broker, cr_paid_service *service,
                                 const cr_model *model, const char *kind)
{
    if (broker->maker_count == MAKERS_MAX) return NULL;
    cr_paid_maker *maker = &broker->makers[broker->maker_count++];
    maker->service = service;
    maker->model = model;
    // Another model is another maker: what it makes is not what the former made.
    snprintf(maker->id, sizeof maker->id, "%s-%s:%s", service->id, kind, model->name);
    snprintf(maker->label, sizeof maker->label, "%s (%s)", model->label, service->label);
    maker->builtin.kind = kind;
    maker->builtin.version = 1;
    pthread_mutex_init(&maker->lock, NULL);
    find_wire(service->id)->maker(maker);
    return maker;
}

static bool is_offered(const cr_paid_broker *broker, const cr_paid_service *service,
                       const cr_model *model, const char *kind)
{
    for (int i = 0; i < broker->maker_count; i++) {
        const cr_paid_maker *maker = &broker->makers[i];
        if (maker->service == service && maker->model == model &&
            strcmp(maker->builtin.kind, kind) == 0)
            return true;
    }
    return false;
}

static cr_status add_maker(cr_paid_broker *broker, cr_registry *registry, cr_paid_service *service,
                           const cr_model *model, const char *kind, cr_fault *fault)
{
    cr_paid_maker *maker = make_maker(broker, service, model, kind);
    if (!maker) return cr_fail(fault, CR_LIMIT, kind, "more than %d paid makers", MAKERS_MAX);
    const cJSON *named = cJSON_GetObjectItemCaseSensitive(model->data, "change");
    const cr_model *change =
        cr_models_find(broker->models, service->id, strcmp(kind, "picture") == 0 ? change_kind : "",
                       cJSON_IsString(named) ? named->valuestring : NULL);
    if (change) maker->change = make_maker(broker, service, change, kind);
    cr_provider provider;
    cr_status status = cr_paid_provider(maker, broker->pool, &provider, fault);
    return status == CR_OK ? cr_registry_add(registry, &provider, fault) : status;
}

// A text model that is not in the table is one of the server's that the base address names.
static const cr_model *find_model(cr_paid_broker *broker, int offer, const char *wanted)
{
    const char *wire_id = offers[offer].wire, *kind = offers[offer].model_kind;
    const cr_model *model = cr_models_find(broker->models, wire_id, kind, *wanted ? wanted : NULL);
    if (model || strcmp(kind, "text") != 0) return model;
    own_model *text = &broker->text;
    if (!text->name) {
        text->name = cr_strdup(wanted);
        text->data = cJSON_CreateObject();
        text->model = (cr_model){.wire = wire_id,
                                 .kind = kind,
                                 .name = text->name,
                                 .label = text->name,
                                 .data = text->data};
    }
    return &text->model;
}

static cr_status add_offers(cr_paid_broker *broker, cr_registry *registry, const cr_paid_desc *desc,
                            cr_fault *fault)
{
    for (int i = 0; i < (int)(sizeof offers / sizeof *offers); i++) {
        const char *wanted = variable(desc, offers[i].model_name);
        cr_paid_service *service = find_service(broker, offers[i].wire);
        if (!service || strcmp(wanted, "builtin") == 0) continue;
        // The built-in painter's presenters have no mouth: only the built-in lip-sync gives one.
        if (strcmp(offers[i].kind, "lipsync") == 0 && !cr_registry_find(registry, "picture"))
            continue;
        if (cr_registry_find(registry, offers[i].kind)) continue;
        const cr_model *model = find_model(broker, i, wanted);
        if (!model) continue;
        cr_status status = add_maker(broker, registry, service, model, offers[i].kind, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

// What else the services with a key have of a kind, to be chosen instead of the first. Texts are
// written by one model: the script and its questions belong together.
static cr_status add_choices(cr_paid_broker *broker, cr_registry *registry, cr_fault *fault)
{
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        cr_paid_service *service = find_service(broker, offers[i].wire);
        const char *kind = offers[i].kind;
        bool is_text = strcmp(offers[i].model_kind, "text") == 0;
        if (!service || is_text || !cr_registry_find(registry, kind)) continue;
        const cr_model *model;
        for (int k = 0; (model = cr_models_at(broker->models, k)); k++) {
            if (strcmp(model->wire, service->id) != 0 ||
                strcmp(model->kind, offers[i].model_kind) != 0 ||
                is_offered(broker, service, model, kind))
                continue;
            cr_status status = add_maker(broker, registry, service, model, kind, fault);
            if (status != CR_OK) return status;
        }
    }
    return CR_OK;
}

// A model that was asked for by name and that no service with a key has.
static cr_status check_wanted(const cr_registry *registry, const cr_paid_desc *desc,
                              cr_fault *fault)
{
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        const char *wanted = variable(desc, offers[i].model_name);
        if (!*wanted || strcmp(wanted, "builtin") == 0) continue;
        if (!cr_registry_find(registry, offers[i].kind))
            return cr_fail(fault, CR_INVALID, offers[i].model_name,
                           "no service whose key is there has \"%.60s\" for a %s", wanted,
                           offers[i].kind);
    }
    return CR_OK;
}

static cr_status open_broker(cr_paid_broker *broker, cr_registry *registry,
                             const cr_paid_desc *desc, cr_fault *fault)
{
    cr_status status = cr_http_client_open(&broker->http, "cutroom", fault);
    if (status == CR_OK) status = cr_models_open(&broker->models, fault);
    for (size_t i = 0; status == CR_OK && i < sizeof wires / sizeof *wires; i++)
        status = open_service(broker, desc, &wires[i], fault);
    const cr_builtin_pool_desc pool = {
        .host = desc->host, .data_folder = desc->data_folder, .thread_count = CR_PAID_THREADS};
    if (status == CR_OK) status = cr_builtin_pool_open(&broker->pool, &pool, fault);
    if (status == CR_OK) status = add_offers(broker, registry, desc, fault);
    if (status == CR_OK) status = check_wanted(registry, desc, fault);
    return status == CR_OK ? add_choices(broker, registry, fault) : status;
}

static bool has_key(const cr_paid_desc *desc)
{
    for (size_t i = 0; i < sizeof wires / sizeof *wires; i++)
        if (*variable(desc, wires[i].key_name)) return true;
    return false;
}

cr_status cr_registry_add_paid(cr_registry *registry, const cr_paid_desc *desc,
                               cr_paid_broker **out, cr_fault *fault)
{
    if (!has_key(desc)) return CR_OK;
    cr_paid_broker *broker = cr_alloc(1, sizeof *broker);
    *out = broker;
    return open_broker(broker, registry, desc, fault);
}

void cr_paid_broker_hear(cr_paid_broker *broker, const char *service, const char *external_id)
{
    cr_paid_service *told = find_service(broker, service);
    if (told) cr_paid_hear(told, external_id);
}

void cr_paid_broker_close(cr_paid_broker **broker)
{
    cr_paid_broker *own = *broker;
    if (!own) return;
    cr_builtin_pool_close(&own->pool);
    cr_http_client_close(&own->http);
    for (int i = 0; i < own->service_count; i++) {
        cr_free(own->services[i].base);
        cr_free(own->services[i].key);
        cr_free(own->services[i].secret);
        cr_free(own->services[i].webhook);
        pthread_mutex_destroy(&own->services[i].lock);
    }
    for (int i = 0; i < own->maker_count; i++)
        pthread_mutex_destroy(&own->makers[i].lock);
    cr_models_close(&own->models);
    cr_free(own->text.name);
    cJSON_Delete(own->text.data);
    cr_free(own);
    *broker = NULL;
}
