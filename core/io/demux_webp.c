// WebP through libwebpdemux: a still is one packet, an animation one a picture.
#include <stdio.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include "base/mem.h"
#include "io/demux_backend.h"
#include "io/exif.h"
#include "media/webp_packet.h"

// The library wants the file in one piece.
static const size_t webp_bytes_max = (size_t)256 << 20;

// Browsers show pictures of at most 10 ms this long, and files count on it.
enum { shortest_ms = 10, shown_instead_ms = 100 };

typedef struct demux_webp {
    cr_source *source;
    uint8_t *data;
    WebPDemuxer *demuxer;
    cr_media_info info;
    cr_stream_info stream;
    int next; // 1-based, as the library counts
    cr_ticks next_pts;
    uint64_t mask;
} demux_webp;

static cr_ticks shown_for(int milliseconds)
{
    return cr_ticks_from_milliseconds(milliseconds <= shortest_ms ? shown_instead_ms
                                                                  : milliseconds);
}

static cr_status webp_read(void *state, cr_packet **out)
{
    demux_webp *webp = state;
    WebPIterator at = {0};
    if (!(webp->mask & 1) || webp->next > webp->stream.frame_count) return CR_EOF;
    if (!WebPDemuxGetFrame(webp->demuxer, webp->next, &at)) return CR_EOF;
    cr_webp_packet head = {
        .canvas_width = webp->stream.width,
        .canvas_height = webp->stream.height,
        .x = at.x_offset,
        .y = at.y_offset,
        .is_first = webp->next == 1,
        .is_blended = at.blend_method == WEBP_MUX_BLEND,
        .is_cleared_after = at.dispose_method == WEBP_MUX_DISPOSE_BACKGROUND,
    };
    cr_packet *packet = NULL;
    cr_status status = cr_packet_make(&packet, sizeof head + at.fragment.size);
    if (status == CR_OK) {
        memcpy(packet->data, &head, sizeof head);
        memcpy(packet->data + sizeof head, at.fragment.bytes, at.fragment.size);
        packet->pts = packet->dts = webp->next_pts;
        packet->duration = webp->stream.is_still ? 0 : shown_for(at.duration);
        packet->is_key = head.is_first;
        webp->next++;
        webp->next_pts += packet->duration;
        *out = packet;
    }
    WebPDemuxReleaseIterator(&at);
    return status;
}

static cr_status webp_seek(void *state, int stream, cr_ticks at)
{
    demux_webp *webp = state;
    (void)stream;
    (void)at; // only the first picture of an animation stands alone
    webp->next = 1;
    webp->next_pts = 0;
    return CR_OK;
}

static cr_ticks webp_keyframe(const void *state, int stream, cr_ticks at)
{
    (void)state;
    (void)stream;
    (void)at;
    return 0;
}

static void webp_select(void *state, uint64_t mask)
{
    ((demux_webp *)state)->mask = mask;
}

static const cr_media_info *webp_info(const void *state)
{
    return &((const demux_webp *)state)->info;
}

static void free_reading(demux_webp *webp)
{
    WebPDemuxDelete(webp->demuxer);
    cr_free(webp->data);
    cr_free(webp);
}

static void webp_close(void *state)
{
    demux_webp *webp = state;
    cr_source_close(&webp->source);
    free_reading(webp);
}

static cr_orientation orientation_of(const WebPDemuxer *demuxer)
{
    cr_orientation orientation = {0};
    WebPChunkIterator chunk = {0};
    if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk))
        orientation = cr_exif_orientation(chunk.chunk.bytes, chunk.chunk.size);
    WebPDemuxReleaseChunkIterator(&chunk);
    return orientation;
}

static void describe(demux_webp *webp)
{
    cr_stream_info *stream = &webp->stream;
    stream->kind = CR_STREAM_VIDEO;
    snprintf(stream->codec, sizeof stream->codec, "webp");
    stream->width = (int)WebPDemuxGetI(webp->demuxer, WEBP_FF_CANVAS_WIDTH);
    stream->height = (int)WebPDemuxGetI(webp->demuxer, WEBP_FF_CANVAS_HEIGHT);
    stream->frame_count = (int64_t)WebPDemuxGetI(webp->demuxer, WEBP_FF_FRAME_COUNT);
    stream->sample_aspect = (cr_rate){1, 1};
    stream->orientation = orientation_of(webp->demuxer);
    stream->pixel = CR_PIXEL_RGBA;
    stream->color = cr_color_srgb();
    stream->bit_depth = 8;
    stream->has_alpha = WebPDemuxGetI(webp->demuxer, WEBP_FF_FORMAT_FLAGS) & ALPHA_FLAG;
    bool is_animated = WebPDemuxGetI(webp->demuxer, WEBP_FF_FORMAT_FLAGS) & ANIMATION_FLAG;
    stream->is_still = !is_animated || stream->frame_count <= 1;
    cr_ticks shortest = 0, longest = 0;
    WebPIterator at = {0};
    if (!stream->is_still && WebPDemuxGetFrame(webp->demuxer, 1, &at)) {
        do {
            cr_ticks shown = shown_for(at.duration);
            stream->duration += shown;
            if (shortest == 0 || shown < shortest) shortest = shown;
            if (shown > longest) longest = shown;
        } while (WebPDemuxNextFrame(&at));
        stream->is_variable_rate = shortest != longest;
        // Whole milliseconds, so the quotient is exact enough for a rate that is only told.
        if (cr_rate_make(&stream->frame_rate, stream->frame_count * 1000,
                         cr_ticks_to_milliseconds(stream->duration)) != CR_OK)
            stream->frame_rate = (cr_rate){0, 0};
    }
    WebPDemuxReleaseIterator(&at);
    snprintf(webp->info.container, sizeof webp->info.container, "webp");
    webp->info.duration = stream->duration;
    webp->info.stream_count = 1;
    webp->info.streams = stream;
}

cr_status cr_demux_webp_open(void **state, const cr_demux_backend **backend, cr_source *source,
                             cr_fault *fault)
{
    static const cr_demux_backend table = {
        .close = webp_close,
        .info = webp_info,
        .select = webp_select,
        .read = webp_read,
        .seek = webp_seek,
        .keyframe = webp_keyframe,
    };
    demux_webp *webp = cr_alloc(1, sizeof *webp);
    size_t size = 0;
    cr_status status = cr_source_read_all(source, webp_bytes_max, &webp->data, &size, fault);
    if (status != CR_OK) {
        cr_free(webp);
        return status;
    }
    WebPData bytes = {webp->data, size};
    WebPDemuxState progress = WEBP_DEMUX_PARSE_ERROR;
    webp->demuxer = WebPDemuxPartial(&bytes, &progress);
    webp->info.is_truncated = progress == WEBP_DEMUX_PARSED_HEADER;
    if (webp->demuxer) describe(webp);
    if (!webp->demuxer || webp->stream.frame_count < 1 || webp->stream.width < 1) {
        free_reading(webp);
        return cr_fail(fault, CR_CORRUPT, source->name,
                       "this WebP file is damaged or cut off (%zu bytes)", size);
    }
    webp->source = source;
    webp->next = 1;
    webp->mask = UINT64_MAX;
    *state = webp;
    *backend = &table;
    return CR_OK;
}
