#include "make_workplace.h"

#include <time.h>

#include "base/mem.h"
#include "data_folder.h"
#include "report.h"
#include "studio/asset_folder.h"

static int64_t tell_time(void *cookie)
{
    (void)cookie;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static cr_status open_makers(make_workplace *place, cr_fault *fault)
{
    const cr_builtin_pool_desc desc = {.host = place->host,
                                       .data_folder = place->data_folder,
                                       .thread_count = place->host->thread_count};
    cr_status status = cr_builtin_pool_open(&place->pool, &desc, fault);
    if (status != CR_OK) return status;
    place->registry = cr_alloc(1, sizeof *place->registry);
    return cr_registry_add_builtins(place->registry, place->pool, fault);
}

static cr_status open_state(make_workplace *place, cr_fault *fault)
{
    cr_status status = cr_asset_folder_make(place->folder, fault);
    if (status != CR_OK) return status;
    char *path = cr_format("%s/state.db", place->folder);
    status = cr_store_open(&place->store, path, fault);
    cr_free(path);
    if (status != CR_OK) return status;
    const cr_studio_desc desc = {.folder = place->folder,
                                 .store = place->store,
                                 .registry = place->registry,
                                 .host = place->host,
                                 .concurrent_max = place->host->thread_count,
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
        status = open_makers(&place, fault);
    }
    if (status == CR_OK) status = open_state(&place, fault);
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
    cr_builtin_pool_close(&place->pool);
    cr_store_close(&place->store);
    cr_native_close(&place->native);
    cr_free(place->folder);
    cr_free(place->data_folder);
    *place = (make_workplace){0};
}
