#include "codec/lav_samples.h"

#include <libavutil/samplefmt.h>
#include <math.h>

static float read_one(const uint8_t *data, int index, enum AVSampleFormat format)
{
    switch (format) {
    case AV_SAMPLE_FMT_U8:
        return (float)(data[index] - 128) / 128.0f;
    case AV_SAMPLE_FMT_S16:
        return (float)((const int16_t *)(const void *)data)[index] / 32768.0f;
    case AV_SAMPLE_FMT_S32:
        return (float)((double)((const int32_t *)(const void *)data)[index] / 2147483648.0);
    case AV_SAMPLE_FMT_S64:
        return (float)((double)((const int64_t *)(const void *)data)[index] /
                       9223372036854775808.0);
    case AV_SAMPLE_FMT_FLT:
        return ((const float *)(const void *)data)[index];
    case AV_SAMPLE_FMT_DBL:
        return (float)((const double *)(const void *)data)[index];
    default:
        return 0;
    }
}

cr_status cr_lav_samples_read(cr_samples **out, const AVFrame *frame)
{
    int stored = frame->ch_layout.nb_channels;
    int channels = stored < CR_CHANNELS_MAX ? stored : CR_CHANNELS_MAX;
    enum AVSampleFormat format = (enum AVSampleFormat)frame->format;
    bool is_planar = av_sample_fmt_is_planar(format);
    cr_status status = cr_samples_make(out, frame->sample_rate, channels, frame->nb_samples);
    if (status != CR_OK) return status;
    format = av_get_packed_sample_fmt(format);
    for (int channel = 0; channel < channels; channel++) {
        const uint8_t *data = frame->extended_data[is_planar ? channel : 0];
        int step = is_planar ? 1 : stored, first = is_planar ? 0 : channel;
        for (int i = 0; i < frame->nb_samples; i++)
            (*out)->data[channel][i] = read_one(data, first + i * step, format);
    }
    return CR_OK;
}

static double clipped(float value, double scale, double max)
{
    double scaled = rint((double)value * scale);
    if (scaled > max) return max;
    return scaled < -scale ? -scale : scaled;
}

static cr_status write_one(uint8_t *data, int index, enum AVSampleFormat format, float value)
{
    switch (format) {
    case AV_SAMPLE_FMT_S16:
        ((int16_t *)(void *)data)[index] = (int16_t)clipped(value, 32768, 32767);
        return CR_OK;
    case AV_SAMPLE_FMT_S32:
        ((int32_t *)(void *)data)[index] = (int32_t)clipped(value, 2147483648.0, 2147483647.0);
        return CR_OK;
    case AV_SAMPLE_FMT_FLT:
        ((float *)(void *)data)[index] = value;
        return CR_OK;
    default:
        return CR_UNSUPPORTED;
    }
}

cr_status cr_lav_samples_write(AVFrame *frame, float *const planes[], int count)
{
    enum AVSampleFormat format = (enum AVSampleFormat)frame->format;
    bool is_planar = av_sample_fmt_is_planar(format);
    int channels = frame->ch_layout.nb_channels;
    format = av_get_packed_sample_fmt(format);
    for (int channel = 0; channel < channels; channel++) {
        uint8_t *data = frame->extended_data[is_planar ? channel : 0];
        int step = is_planar ? 1 : channels, first = is_planar ? 0 : channel;
        for (int i = 0; i < count; i++) {
            cr_status status = write_one(data, first + i * step, format, planes[channel][i]);
            if (status != CR_OK) return status;
        }
    }
    return CR_OK;
}
