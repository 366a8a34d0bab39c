#include "api/api_film.h"
#include "base/mem.h"
#include "engine/preview.h"

enum { CACHE_MEBIBYTES_MAX = 4096 };

static void player_close(void *thing)
{
    cr_preview *preview = thing;
    cr_preview_close(&preview);
}

int32_t cr_api_player_open(cr_api *api, uint32_t id, int32_t cache)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    if (cache < 0 || cache > CACHE_MEBIBYTES_MAX)
        return cr_fail(fault, CR_LIMIT, "", "the cache must be 0 to %d MiB", CACHE_MEBIBYTES_MAX);
    cr_preview_desc desc = {.asset_folder = film->folder,
                            .font_folder = cr_api_fonts(api),
                            .host = cr_api_host(api),
                            .screen = cr_api_screen(api),
                            .cache_bytes_max = (int64_t)cache << 20};
    cr_preview *preview = NULL;
    cr_status status = cr_preview_open(&preview, &desc, fault);
    if (status != CR_OK) return cr_api_end(api, status);
    status = cr_preview_set_project(preview, cr_history_now(film->history), "", fault);
    if (status != CR_OK) {
        cr_preview_close(&preview);
        return cr_api_end(api, status);
    }
    return cr_api_add(api, CR_API_PLAYER, preview, player_close);
}

int32_t cr_api_player_close(cr_api *api, uint32_t player)
{
    (void)cr_api_begin(api);
    return cr_api_end(api, cr_api_remove(api, CR_API_PLAYER, player));
}

static cr_preview *begin(cr_api *api, uint32_t player)
{
    (void)cr_api_begin(api);
    return cr_api_thing(api, CR_API_PLAYER, player);
}

int32_t cr_api_player_show(cr_api *api, uint32_t player, uint32_t id)
{
    cr_preview *preview = begin(api, player);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!preview || !film) return CR_INVALID;
    cr_fault fault = {0};
    cr_status status = cr_preview_set_project(preview, cr_history_now(film->history), "", &fault);
    if (status == CR_OK) return CR_OK;
    return cr_fail(cr_api_begin(api), status, fault.where, "%s", fault.text);
}

int32_t cr_api_player_play(cr_api *api, uint32_t player, cr_number rate)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    cr_preview_play(preview, rate);
    return CR_OK;
}

int32_t cr_api_player_seek(cr_api *api, uint32_t player, int64_t at, int32_t is_scrubbing)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    cr_preview_seek(preview, at, is_scrubbing != 0);
    return CR_OK;
}

int32_t cr_api_player_step(cr_api *api, uint32_t player, int32_t frames)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    cr_preview_step(preview, frames);
    return CR_OK;
}

int32_t cr_api_player_loop(cr_api *api, uint32_t player, int64_t start, int64_t duration)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    cr_preview_loop(preview, (cr_range){start, duration});
    return CR_OK;
}

int32_t cr_api_player_quality(cr_api *api, uint32_t player, int32_t quality)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    if (quality < CR_QUALITY_FULL || quality > CR_QUALITY_AUTO)
        return cr_fail(cr_api_begin(api), CR_INVALID, "", "there is no quality %d", quality);
    cr_preview_set_quality(preview, (cr_preview_quality)quality);
    return CR_OK;
}

int32_t cr_api_player_volume(cr_api *api, uint32_t player, cr_number gain, int32_t is_muted)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    cr_preview_set_volume(preview, gain, is_muted != 0);
    return CR_OK;
}

int32_t cr_api_player_refresh(cr_api *api, uint32_t player)
{
    cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    cr_preview_refresh(preview);
    return CR_OK;
}

int32_t cr_api_player_tick(cr_api *api, uint32_t player, int64_t now)
{
    cr_fault *fault = cr_api_begin(api);
    cr_preview *preview = cr_api_thing(api, CR_API_PLAYER, player);
    if (!preview) return CR_INVALID;
    cr_status status = cr_preview_tick(preview, now, fault);
    // A trouble that does not stop playback stands in the fault alone.
    return cr_api_end(api, status == CR_OK ? fault->status : status);
}

static void add_levels(cJSON *state, const cr_preview *preview)
{
    int levels[2];
    cr_preview_levels(preview, levels);
    cJSON *pair = cJSON_AddArrayToObject(state, "levels");
    for (int i = 0; i < 2; i++)
        cJSON_AddItemToArray(pair, cJSON_CreateNumber((double)levels[i] / 65536));
}

int32_t cr_api_player_state(cr_api *api, uint32_t player)
{
    const cr_preview *preview = begin(api, player);
    if (!preview) return CR_INVALID;
    static const char *const qualities[] = {"full", "full", "half", "quarter", "full"};
    cr_preview_state now;
    cr_preview_state_get(preview, &now);
    cJSON *state = cJSON_CreateObject();
    cr_json_add_int(state, "playhead", now.playhead);
    if (now.shown == CR_TICKS_NONE)
        cJSON_AddNullToObject(state, "shown");
    else
        cr_json_add_int(state, "shown", now.shown);
    cr_json_add_int(state, "duration", now.duration);
    cJSON_AddNumberToObject(state, "rate", (double)now.rate / CR_ONE);
    cJSON_AddBoolToObject(state, "isScrubbing", now.is_scrubbing);
    cJSON_AddBoolToObject(state, "isLooping", now.is_looping);
    cJSON_AddBoolToObject(state, "isWaiting", now.is_waiting);
    cr_json_add_int(state, "framesShown", now.frames_shown);
    cr_json_add_int(state, "framesDropped", now.frames_dropped);
    cJSON_AddStringToObject(state, "quality", qualities[now.quality]);
    cr_json_add_int(state, "cacheBytes", now.cache_bytes);
    cr_json_add_int(state, "offsetMicroseconds", now.offset_us);
    add_levels(state, preview);
    cr_api_give_json(api, state);
    return CR_OK;
}
