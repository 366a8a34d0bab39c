#include "codecs.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "codec_string.h"

// The functions that the JavaScript half gives. Times cross as doubles: ticks stay below 2^53, and
// NaN is a time that is not known.
extern uint32_t cr_js_decoder_open(const char *codec, const uint8_t *description, size_t size,
                                   int width, int height);
extern int cr_js_decoder_decode(uint32_t id, const uint8_t *data, size_t size, double pts,
                                double duration, int is_key, int is_discard);
extern int cr_js_decoder_flush(uint32_t id);
extern int cr_js_decoder_take(uint32_t id, uint32_t *picture, int *width, int *height, int *pixel,
                              double *pts);
extern void cr_js_decoder_reset(uint32_t id);
extern void cr_js_decoder_close(uint32_t id);
extern int cr_js_picture_fetch(uint32_t id, uint8_t *const data[], const ptrdiff_t stride[]);
extern void cr_js_picture_close(uint32_t id);
extern uint32_t cr_js_encoder_open(const char *const codecs[], int count, int width, int height,
                                   double rate, double bit_rate, int quality, int gop);
extern int cr_js_encoder_encode(uint32_t id, uint32_t picture, uint8_t *const data[],
                                const ptrdiff_t stride[], int width, int height, int pixel,
                                const int color[], double pts, double duration, int is_key);
extern int cr_js_encoder_flush(uint32_t id);
extern int cr_js_encoder_next(uint32_t id, size_t *size);
extern void cr_js_encoder_take(uint32_t id, uint8_t *data, double *pts, double *dts,
                               double *duration, int *is_key);
extern int cr_js_encoder_extradata(uint32_t id, const uint8_t **data, size_t *size);
extern void cr_js_encoder_close(uint32_t id);
extern int cr_js_codecs_complaint(char *out, size_t size);

static double ticks_to_js(cr_ticks ticks)
{
    return ticks == CR_TICKS_NONE ? (double)NAN : (double)ticks;
}

static cr_ticks ticks_from_js(double ticks)
{
    return isnan(ticks) ? CR_TICKS_NONE : (cr_ticks)ticks;
}

// Says what the JavaScript half has to say about [status], and returns it.
static cr_status told(const cr_log *log, int status)
{
    char line[512];
    while (cr_js_codecs_complaint(line, sizeof(line)))
        cr_log_line(log, CR_LOG_WARNING, "%s", line);
    return (cr_status)status;
}

static cr_status open_decoder(void *cookie, const cr_stream_info *stream, uint32_t *id)
{
    char codec[CR_CODEC_STRING_MAX];
    if (stream->has_alpha || stream->bit_depth > 8 || stream->is_still ||
        !cr_codec_string_of_stream(stream, codec))
        return CR_UNSUPPORTED;
    size_t size;
    const uint8_t *description = cr_codec_description(stream, &size);
    uint32_t opened = cr_js_decoder_open(codec, description, size, stream->width, stream->height);
    if (opened == 0) return told(cookie, CR_UNSUPPORTED);
    *id = opened;
    return CR_OK;
}

static cr_status decode(void *cookie, uint32_t id, const cr_packet *packet)
{
    if (!packet) return told(cookie, cr_js_decoder_flush(id));
    return told(cookie,
                cr_js_decoder_decode(id, packet->data, packet->size, ticks_to_js(packet->pts),
                                     (double)packet->duration, packet->is_key, packet->is_discard));
}

static cr_status decoded(void *cookie, uint32_t id, cr_host_picture *out)
{
    cr_host_picture picture = {0};
    int pixel = 0;
    double pts = 0;
    int status = cr_js_decoder_take(id, &picture.id, &picture.width, &picture.height, &pixel, &pts);
    if (status == CR_OK) {
        picture.pixel = (cr_pixel)pixel;
        picture.pts = ticks_from_js(pts);
        *out = picture;
    }
    return told(cookie, status);
}

static void reset_decoder(void *cookie, uint32_t id)
{
    (void)cookie;
    cr_js_decoder_reset(id);
}

static void close_decoder(void *cookie, uint32_t id)
{
    (void)cookie;
    cr_js_decoder_close(id);
}

static cr_status fetch_picture(void *cookie, uint32_t picture, uint8_t *const data[],
                               const ptrdiff_t stride[])
{
    return told(cookie, cr_js_picture_fetch(picture, data, stride));
}

static void close_picture(void *cookie, uint32_t picture)
{
    (void)cookie;
    cr_js_picture_close(picture);
}

static cr_status open_encoder(void *cookie, const cr_host_encoder_desc *desc, uint32_t *id)
{
    char codecs[CR_CODEC_PROFILES_MAX][CR_CODEC_STRING_MAX];
    const char *choices[CR_CODEC_PROFILES_MAX];
    int count = 0;
    while (count < CR_CODEC_PROFILES_MAX &&
           cr_codec_string_of_encoder(desc, count, codecs[count])) {
        choices[count] = codecs[count];
        count++;
    }
    if (count == 0) return CR_UNSUPPORTED;
    double rate = cr_rate_is_known(desc->frame_rate)
                      ? (double)desc->frame_rate.num / desc->frame_rate.den
                      : 0;
    uint32_t opened = cr_js_encoder_open(choices, count, desc->width, desc->height, rate,
                                         (double)cr_codec_bit_rate(desc),
                                         desc->bit_rate > 0 ? -1 : desc->quality, desc->gop);
    if (opened == 0) return told(cookie, CR_UNSUPPORTED);
    *id = opened;
    return CR_OK;
}

static cr_status encode(void *cookie, uint32_t id, const cr_frame *frame, bool is_key)
{
    if (!frame) return told(cookie, cr_js_encoder_flush(id));
    bool is_hosted = frame->host_picture != 0 && !frame->data[0];
    if (!is_hosted && frame->pixel != CR_PIXEL_I420) return CR_UNSUPPORTED;
    const int color[] = {(int)frame->color.primaries, (int)frame->color.transfer,
                         (int)frame->color.matrix, (int)frame->color.range};
    return told(cookie,
                cr_js_encoder_encode(id, frame->host_picture, frame->data, frame->stride,
                                     frame->width, frame->height, (int)frame->pixel, color,
                                     ticks_to_js(frame->pts), (double)frame->duration, is_key));
}

static cr_status encoded(void *cookie, uint32_t id, cr_packet **out)
{
    size_t size = 0;
    int status = cr_js_encoder_next(id, &size);
    if (status != CR_OK) return told(cookie, status);
    cr_packet *packet;
    cr_status made = cr_packet_make(&packet, size);
    if (made != CR_OK) return made;
    double pts, dts, duration;
    int is_key;
    cr_js_encoder_take(id, packet->data, &pts, &dts, &duration, &is_key);
    packet->pts = ticks_from_js(pts);
    packet->dts = ticks_from_js(dts);
    packet->duration = (cr_ticks)duration;
    packet->is_key = is_key != 0;
    *out = packet;
    return CR_OK;
}

static cr_status encoder_extradata(void *cookie, uint32_t id, const uint8_t **data, size_t *size)
{
    (void)cookie;
    return (cr_status)cr_js_encoder_extradata(id, data, size);
}

static void close_encoder(void *cookie, uint32_t id)
{
    (void)cookie;
    cr_js_encoder_close(id);
}

void cr_browser_codecs(cr_host_codecs *out, const cr_log *log)
{
    *out = (cr_host_codecs){
        .cookie = (void *)log,
        .open_decoder = open_decoder,
        .decode = decode,
        .decoded = decoded,
        .reset_decoder = reset_decoder,
        .close_decoder = close_decoder,
        .fetch_picture = fetch_picture,
        .close_picture = close_picture,
        .open_encoder = open_encoder,
        .encode = encode,
        .encoded = encoded,
        .encoder_extradata = encoder_extradata,
        .close_encoder = close_encoder,
    };
}
