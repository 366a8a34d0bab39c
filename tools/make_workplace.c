#include "make_workplace.h"

#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "data_folder.h"
#include "report.h"
#include "studio/asset_folder.h"

enum { PAID_UNITS = 24 };

static int64_t tell_time(void *cookie)
{
    (void)cookie;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *read_variable(void *cookie, const char *name)
{
    (void)cookie;
    return getenv(name);
}

static cr_status open_makers(make_workplace *place, cr_fault *fault)
{
    const cr_builtin_pool_desc desc = {.host = place->host,
                                       .data_folder = place->data_folder,
                                       .thread_count = place->host->thread_count};
    cr_status status = cr_builtin_pool_open(&place->pool, &desc, fault);
    if (status != CR_OK) return status;
    place->registry = cr_alloc(1, sizeof *place->registry);
    const cr_paid_desc paid = {.host = place->host,
                               .data_folder = place->data_folder,
                               .ledger = cr_ledger_store_calls(place->ledger),
                               .variable = read_variable};
    status = cr_registry_add_paid(place->registry, &paid, &place->paid, fault);
    if (status != CR_OK) return status;
    return cr_registry_add_builtins(place->registry, place->pool, fault);
}

static cr_status open_state(make_workplace *place, cr_fault *fault)
{
    cr_status status = cr_asset_folder_make(place->folder, fault);
    if (status != CR_OK) return status;
    char *path = cr_format("%s/state.db", place->folder);
    status = cr_store_open(&place->store, path, fault);
    if (status == CR_OK)
        status = cr_ledger_store_open(&place->ledger, path, NULL, tell_time, NULL, fault);
    cr_free(path);
    return status;
}

static cr_status open_studio(make_workplace *place, cr_fault *fault)
{
    int units = place->host->thread_count;
    // What is made elsewhere needs no processor of ours; each maker has a bound of its own.
    if (place->paid)
        units = units + PAID_UNITS < CR_STUDIO_CONCURRENT_MAX ? units + PAID_UNITS
                                                              : CR_STUDIO_CONCURRENT_MAX;
    const cr_studio_desc desc = {.folder = place->folder,
                                 .store = place->store,
                                 .registry = place->registry,
                                 .host = place->host,
                                 .concurrent_max = units,
                                 .now_ms = tell_time};
    return cr_studio_open(&place->studio, &desc, fault);
}

cr_status make_workplace_open(make_workplace *out, char *folder, int threads, cr_fault *fault)
{
    make_workplace place = {.folder = folder, .data_folder = data_folder_path("")};
    const cr_native_desc desc = {.thread_count = threads, .log = report_log()};
    cr_status status = cr_native_open(&place.native, &desc);
    if (status != CR_OK) cr_fail(fault, status, "", "no thread can be started");
    if (status == CR_OK) {
        place.host = cr_native_host(place.native);
        status = open_state(&place, fault);
    }
    if (status == CR_OK) status = open_makers(&place, fault);
    if (status == CR_OK) status = open_studio(&place, fault);
    if (status == CR_OK)
        *out = place;
    else
        make_workplace_close(&place);
    return status;
}

void make_workplace_close(make_workplace *place)
{
    cr_studio_close(&place->studio);
    if (place->registry) cr_registry_close(place->registry);
    cr_free(place->registry);
    cr_paid_broker_close(&place->paid);
    cr_ledger_store_close(&place->ledger);
    cr_builtin_pool_close(&place->pool);
    cr_store_close(&place->store);
    cr_native_close(&place->native);
    cr_free(place->folder);
    cr_free(place->data_folder);
    *place = (make_workplace){0};
}
