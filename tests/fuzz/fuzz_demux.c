// Any bytes as a media file: opened, read, decoded a little and sought in; never a crash or a leak.
#include <stddef.h>
#include <stdint.h>

#include "codec/codec.h"
#include "io/demux.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { packets_max = 40 };

static void take(cr_decoder *decoder, cr_stream_kind kind)
{
    cr_frame *frame = NULL;
    cr_samples *samples = NULL;
    if (kind == CR_STREAM_VIDEO && cr_decoder_receive_frame(decoder, &frame) == CR_OK)
        cr_frame_drop(&frame);
    if (kind == CR_STREAM_AUDIO && cr_decoder_receive_samples(decoder, &samples) == CR_OK)
        cr_samples_drop(&samples);
}

static void decode(cr_demux *demux, const cr_stream_info *stream)
{
    cr_decoder *decoder = NULL;
    if (cr_decoder_open(&decoder, stream, NULL, NULL) != CR_OK) return;
    cr_demux_select(demux, UINT64_C(1) << stream->index);
    if (cr_demux_seek(demux, stream->index, stream->duration / 2) != CR_OK) {
        cr_decoder_close(&decoder);
        return;
    }
    cr_packet *packet = NULL;
    for (int i = 0; i < packets_max && cr_demux_read(demux, &packet) == CR_OK; i++) {
        (void)!cr_decoder_send(decoder, packet);
        cr_packet_drop(&packet);
        take(decoder, stream->kind);
    }
    (void)!cr_decoder_send(decoder, NULL);
    take(decoder, stream->kind);
    cr_decoder_close(&decoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    // Large pictures from few bytes only cost time here; their limit has a test of its own.
    enum { side_max = 1024 };
    cr_source *source = cr_source_from_memory(data, size, "fuzz");
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    if (cr_demux_open(&demux, source, NULL, &fault) != CR_OK) {
        cr_source_close(&source);
        return 0;
    }
    const cr_media_info *info = cr_demux_info(demux);
    for (int i = 0; i < info->stream_count && i < 4; i++) {
        const cr_stream_info *stream = &info->streams[i];
        bool is_small = stream->width <= side_max && stream->height <= side_max;
        if (stream->kind == CR_STREAM_AUDIO || (stream->kind == CR_STREAM_VIDEO && is_small))
            decode(demux, stream);
    }
    cr_demux_close(&demux);
    return 0;
}
