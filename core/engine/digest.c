#include "engine/digest.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <libavutil/md5.h>
#include <libavutil/mem.h>

#include "base/assert.h"
#include "base/mem.h"
#include "base/str.h"

enum {
    MD5_BYTES = 16,
    CHUNK = 4096, // samples turned into bytes at a time
};

struct cr_digest {
    cr_sink *sink;
    struct AVMD5 *md5, *sound;
    uint64_t written;
    int64_t frames;
    int64_t samples; // of sound, so far
};

cr_status cr_digest_open(cr_digest **out, cr_sink *sink, cr_rate frame_rate, cr_fault *fault)
{
    cr_digest *digest = cr_alloc(1, sizeof *digest);
    digest->md5 = av_md5_alloc();
    digest->sound = av_md5_alloc();
    if (!digest->md5 || !digest->sound) {
        cr_digest_close(&digest);
        return cr_fail(fault, CR_NOMEM, sink->name, "there is no memory left");
    }
    av_md5_init(digest->sound);
    char line[80];
    int length =
        snprintf(line, sizeof line, "cutroom digest 1, %d/%d\n", frame_rate.num, frame_rate.den);
    cr_status status = sink->write_at(sink, 0, line, (size_t)length);
    if (status != CR_OK) {
        cr_digest_close(&digest);
        return cr_fail(fault, status, sink->name, "cannot be written (%s)", cr_status_text(status));
    }
    digest->written = (uint64_t)length;
    digest->sink = sink;
    *out = digest;
    return CR_OK;
}

void cr_digest_close(cr_digest **digest)
{
    cr_digest *closing = *digest;
    if (!closing) return;
    cr_sink_close(&closing->sink);
    av_free(closing->md5);
    av_free(closing->sound);
    cr_free(closing);
    *digest = NULL;
}

static cr_status write_line(cr_digest *digest, struct AVMD5 *md5, const char *what)
{
    uint8_t sum[MD5_BYTES];
    av_md5_final(md5, sum);
    cr_str line = {0};
    cr_str_add(&line, what);
    for (int i = 0; i < MD5_BYTES; i++)
        cr_str_addf(&line, "%02x", sum[i]);
    cr_str_add_char(&line, '\n');
    cr_status status =
        digest->sink->write_at(digest->sink, digest->written, line.data, line.length);
    digest->written += line.length;
    cr_str_free(&line);
    return status;
}

cr_status cr_digest_frame(cr_digest *digest, const cr_frame *frame)
{
    av_md5_init(digest->md5);
    for (int plane = 0; plane < cr_pixel_planes(frame->pixel); plane++) {
        int bytes = cr_pixel_row_bytes(frame->pixel, plane, frame->width);
        int rows = cr_pixel_rows(frame->pixel, plane, frame->height);
        for (int y = 0; y < rows; y++)
            av_md5_update(digest->md5, frame->data[plane] + y * frame->stride[plane],
                          (size_t)bytes);
    }
    char what[80];
    snprintf(what, sizeof what, "frame %6" PRId64 " %dx%d %s ", digest->frames++, frame->width,
             frame->height, cr_pixel_name(frame->pixel));
    return write_line(digest, digest->md5, what);
}

static cr_status end_second(cr_digest *digest)
{
    char what[40];
    snprintf(what, sizeof what, "sound %6" PRId64 " ", (digest->samples - 1) / CR_MIX_RATE);
    cr_status status = write_line(digest, digest->sound, what);
    av_md5_init(digest->sound);
    return status;
}

static void hash_samples(cr_digest *digest, const cr_samples *samples, int first, int count)
{
    uint8_t bytes[CHUNK * 4];
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 2; c++) {
            float value = samples->data[c][first + i];
            value = value < -1 ? -1 : value > 1 ? 1 : value;
            unsigned sample = (unsigned)lrintf(value * 32767);
            bytes[i * 4 + c * 2] = (uint8_t)sample;
            bytes[i * 4 + c * 2 + 1] = (uint8_t)(sample >> 8);
        }
    }
    av_md5_update(digest->sound, bytes, (size_t)count * 4);
}

cr_status cr_digest_samples(cr_digest *digest, const cr_samples *samples)
{
    CR_REQUIRE(samples->rate == CR_MIX_RATE && samples->channels == 2);
    for (int done = 0; done < samples->count;) {
        int left = CR_MIX_RATE - (int)(digest->samples % CR_MIX_RATE);
        int count = samples->count - done;
        if (count > left) count = left;
        if (count > CHUNK) count = CHUNK;
        hash_samples(digest, samples, done, count);
        done += count;
        digest->samples += count;
        if (count != left) continue;
        cr_status status = end_second(digest);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_digest_finish(cr_digest *digest)
{
    if (digest->samples % CR_MIX_RATE != 0) {
        cr_status status = end_second(digest);
        if (status != CR_OK) return status;
    }
    return digest->sink->commit(digest->sink);
}

int64_t cr_digest_bytes(const cr_digest *digest)
{
    return (int64_t)digest->written;
}
