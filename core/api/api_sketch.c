// Small pictures and peaks of media, for a page to draw a timeline with.
#include <string.h>

#include "api/api_things.h"
#include "base/mem.h"
#include "engine/thumbnails.h"
#include "engine/waveform.h"

enum { RGBA_BYTES = 4 };

typedef struct strip {
    cr_thumbnails *thumbnails;
    cr_frame *made; // the last picture; NULL: none yet
} strip;

static void strip_close(void *thing)
{
    strip *closing = thing;
    cr_frame_drop(&closing->made);
    cr_thumbnails_close(&closing->thumbnails);
    cr_free(closing);
}

int32_t cr_api_strip_open(cr_api *api, const char *uri, int32_t height)
{
    cr_fault *fault = cr_api_begin(api);
    cr_thumbnails *thumbnails = NULL;
    cr_status status = cr_thumbnails_open(&thumbnails, cr_api_host(api), uri, height, fault);
    if (status != CR_OK) return cr_api_end(api, status);
    strip *opened = cr_alloc(1, sizeof *opened);
    opened->thumbnails = thumbnails;
    return cr_api_add(api, CR_API_STRIP, opened, strip_close);
}

int32_t cr_api_strip_close(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    return cr_api_end(api, cr_api_remove(api, CR_API_STRIP, id));
}

int32_t cr_api_strip_size(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    const strip *of = cr_api_thing(api, CR_API_STRIP, id);
    if (!of) return CR_INVALID;
    int width, height;
    cr_thumbnails_size(of->thumbnails, &width, &height);
    cJSON *size = cJSON_CreateObject();
    cr_json_add_int(size, "width", width);
    cr_json_add_int(size, "height", height);
    cr_api_give_json(api, size);
    return CR_OK;
}

int32_t cr_api_strip_make(cr_api *api, uint32_t id, int64_t at)
{
    cr_fault *fault = cr_api_begin(api);
    strip *of = cr_api_thing(api, CR_API_STRIP, id);
    if (!of) return CR_INVALID;
    cr_frame *made = NULL;
    cr_status status = cr_thumbnails_make(of->thumbnails, at, &made, fault);
    if (status == CR_AGAIN) return 1;
    if (status != CR_OK) return cr_api_end(api, status);
    cr_frame_drop(&of->made);
    of->made = made;
    return 0;
}

int32_t cr_api_strip_picture(cr_api *api, uint32_t id)
{
    cr_fault *fault = cr_api_begin(api);
    const strip *of = cr_api_thing(api, CR_API_STRIP, id);
    if (!of) return CR_INVALID;
    if (!of->made) return cr_fail(fault, CR_INVALID, "", "no picture was made yet");
    int width, height;
    cr_thumbnails_size(of->thumbnails, &width, &height);
    size_t row = (size_t)width * RGBA_BYTES;
    char *bytes = cr_alloc((size_t)height, row);
    for (int y = 0; y < height; y++)
        memcpy(bytes + (size_t)y * row, of->made->data[0] + y * of->made->stride[0], row);
    cr_api_give_bytes(api, bytes, (size_t)height * row);
    return CR_OK;
}

static void wave_close(void *thing)
{
    cr_waveform *closing = thing;
    cr_waveform_close(&closing);
}

int32_t cr_api_wave_open(cr_api *api, const char *uri)
{
    cr_fault *fault = cr_api_begin(api);
    cr_waveform *waveform = NULL;
    cr_status status = cr_waveform_open(&waveform, cr_api_host(api), uri, fault);
    if (status != CR_OK) return cr_api_end(api, status);
    return cr_api_add(api, CR_API_WAVE, waveform, wave_close);
}

int32_t cr_api_wave_close(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    return cr_api_end(api, cr_api_remove(api, CR_API_WAVE, id));
}

int32_t cr_api_wave_read(cr_api *api, uint32_t id, int32_t first, int32_t count)
{
    cr_fault *fault = cr_api_begin(api);
    cr_waveform *waveform = cr_api_thing(api, CR_API_WAVE, id);
    if (!waveform) return CR_INVALID;
    if (count < 1 || count > CR_WAVEFORM_COUNT_MAX)
        return cr_fail(fault, CR_LIMIT, "", "1 to %d stretches are read at once",
                       CR_WAVEFORM_COUNT_MAX);
    uint8_t *peaks = cr_alloc((size_t)count, 1);
    cr_status status = cr_waveform_read(waveform, first, count, peaks, fault);
    if (status == CR_OK)
        cr_api_give_bytes(api, (char *)peaks, (size_t)count);
    else
        cr_free(peaks);
    return cr_api_end(api, status);
}
