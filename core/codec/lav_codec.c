#include "codec/lav_codec.h"

#include <libavutil/intreadwrite.h>
#include <libavutil/mathematics.h>

cr_status cr_codec_status(int error)
{
    if (error >= 0) return CR_OK;
    switch (error) {
    case AVERROR(EAGAIN):
        return CR_AGAIN;
    case AVERROR_EOF:
        return CR_EOF;
    case AVERROR(ENOMEM):
        return CR_NOMEM;
    case AVERROR(EINVAL):
        return CR_INVALID;
    case AVERROR_PATCHWELCOME:
    case AVERROR(ENOSYS):
        return CR_UNSUPPORTED;
    default:
        return CR_CORRUPT;
    }
}

static void release_packet(void *cookie)
{
    AVPacket *packet = cookie;
    av_packet_free(&packet);
}

static cr_ticks ticks_of(int64_t value, AVRational time_base)
{
    if (value == AV_NOPTS_VALUE) return CR_TICKS_NONE;
    return av_rescale_q_rnd(value, time_base, (AVRational){1, CR_TICKS_PER_SECOND},
                            AV_ROUND_NEAR_INF);
}

cr_status cr_codec_wrap_packet(cr_packet **out, AVPacket *packet, AVRational time_base)
{
    cr_packet *wrapped = NULL;
    cr_status status =
        cr_packet_wrap(&wrapped, packet->data, (size_t)packet->size, release_packet, packet);
    if (status != CR_OK) {
        av_packet_free(&packet);
        return status;
    }
    wrapped->pts = ticks_of(packet->pts, time_base);
    wrapped->dts = ticks_of(packet->dts, time_base);
    // From its two ends, so that packets follow each other without a rounding gap.
    if (packet->duration > 0 && packet->pts != AV_NOPTS_VALUE)
        wrapped->duration = ticks_of(packet->pts + packet->duration, time_base) - wrapped->pts;
    wrapped->is_key = packet->flags & AV_PKT_FLAG_KEY;
    size_t size = 0;
    const uint8_t *skip = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &size);
    if (skip && size >= 8) {
        wrapped->skip_start = (int32_t)AV_RL32(skip);
        wrapped->skip_end = (int32_t)AV_RL32(skip + 4);
    }
    *out = wrapped;
    return CR_OK;
}
