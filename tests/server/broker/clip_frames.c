#include "clip_frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/vec.h"
#include "codec/codec.h"
#include "io/demux.h"

static void receive_all(clip_frames *out, cr_decoder *decoder)
{
    cr_frame *frame;
    while (cr_decoder_receive_frame(decoder, &frame) == CR_OK) {
        assert_true(out->count < (int)CR_COUNT_OF(out->frames));
        out->frames[out->count++] = frame;
    }
}

void clip_frames_read(clip_frames *out, const cr_host *host, const char *path)
{
    *out = (clip_frames){0};
    cr_fault fault = {0};
    cr_source *source;
    assert_int_equal(host->open_source(host->cookie, path, &source, &fault), CR_OK);
    cr_demux *demux;
    assert_int_equal(cr_demux_open(&demux, source, NULL, &fault), CR_OK);
    cr_decoder *decoder;
    assert_int_equal(
        cr_decoder_open(&decoder, &cr_demux_info(demux)->streams[0], &(cr_decoder_desc){0}, &fault),
        CR_OK);
    cr_packet *packet;
    while (cr_demux_read(demux, &packet) == CR_OK) {
        while (cr_decoder_send(decoder, packet) == CR_AGAIN)
            receive_all(out, decoder);
        cr_packet_drop(&packet);
        receive_all(out, decoder);
    }
    assert_int_equal(cr_decoder_send(decoder, NULL), CR_OK);
    receive_all(out, decoder);
    cr_decoder_close(&decoder);
    cr_demux_close(&demux);
}

void clip_frames_free(clip_frames *frames)
{
    for (int i = 0; i < frames->count; i++)
        cr_frame_drop(&frames->frames[i]);
    frames->count = 0;
}

double clip_difference(const cr_frame *a, const cr_frame *b, int x, int y, int width, int height)
{
    int64_t sum = 0;
    for (int row = y; row < y + height; row++)
        for (int column = x; column < x + width; column++)
            sum += abs(a->data[0][row * a->stride[0] + column] -
                       b->data[0][row * b->stride[0] + column]);
    return (double)sum / width / height;
}
