#include "codec_string.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// One level of a codec: the least number that holds so much is the right one.
typedef struct level {
    int number;
    int64_t area_rate; // area a second
    int64_t area;      // of one picture: macroblocks for H.264, samples for the others
    int64_t kilobits;  // a second
} level;

// H.264, table A-1.
static const level levels_h264[] = {
    {10, 1485, 99, 64},
    {11, 3000, 396, 192},
    {12, 6000, 396, 384},
    {13, 11880, 396, 768},
    {20, 11880, 396, 2000},
    {21, 19800, 792, 4000},
    {22, 20250, 1620, 4000},
    {30, 40500, 1620, 10000},
    {31, 108000, 3600, 14000},
    {32, 216000, 5120, 20000},
    {40, 245760, 8192, 20000},
    {41, 245760, 8192, 50000},
    {42, 522240, 8704, 50000},
    {50, 589824, 22080, 135000},
    {51, 983040, 36864, 240000},
    {52, 2073600, 36864, 240000},
    {60, 4177920, 139264, 240000},
    {61, 8355840, 139264, 480000},
    {62, 16711680, 139264, 800000},
};

// VP9 bitstream specification, annex A.
static const level levels_vp9[] = {
    {10, 829440, 36864, 200},           {11, 2764800, 73728, 800},
    {20, 4608000, 122880, 1800},        {21, 9216000, 245760, 3600},
    {30, 20736000, 552960, 7200},       {31, 36864000, 983040, 12000},
    {40, 83558400, 2228224, 18000},     {41, 160432128, 2228224, 30000},
    {50, 311951360, 8912896, 60000},    {51, 588251136, 8912896, 120000},
    {52, 1176502272, 8912896, 180000},  {60, 1176502272, 35651584, 180000},
    {61, 2353004544, 35651584, 240000}, {62, 4706009088, 35651584, 480000},
};

// AV1 specification, annex A.3; numbers are seq_level_idx.
static const level levels_av1[] = {
    {0, 5529600, 147456, 1500},         {1, 10454400, 278784, 3000},
    {4, 24969600, 665856, 6000},        {5, 39938400, 1065024, 10000},
    {8, 77856768, 2359296, 12000},      {9, 155713536, 2359296, 20000},
    {12, 273715200, 8912896, 30000},    {13, 547430400, 8912896, 40000},
    {14, 1094860800, 8912896, 60000},   {16, 1176502272, 35651584, 60000},
    {17, 2353004544, 35651584, 100000}, {18, 4379443200, 35651584, 160000},
};

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

static int find_level(const level *levels, int count, int64_t area, cr_rate rate, int64_t bit_rate)
{
    int64_t area_rate =
        cr_rate_is_known(rate) ? cr_scale(area, rate.num, rate.den, CR_ROUND_UP) : area * 30;
    for (int i = 0; i < count; i++) {
        const level *l = &levels[i];
        if (area <= l->area && area_rate <= l->area_rate && bit_rate <= l->kilobits * 1000)
            return l->number;
    }
    return levels[count - 1].number;
}

static int level_h264(int width, int height, cr_rate rate, int64_t bit_rate)
{
    int64_t macroblocks = (int64_t)((width + 15) / 16) * ((height + 15) / 16);
    return find_level(levels_h264, LENGTH(levels_h264), macroblocks, rate, bit_rate);
}

static int level_vp9(int width, int height, cr_rate rate, int64_t bit_rate)
{
    return find_level(levels_vp9, LENGTH(levels_vp9), (int64_t)width * height, rate, bit_rate);
}

static int level_av1(int width, int height, cr_rate rate, int64_t bit_rate)
{
    return find_level(levels_av1, LENGTH(levels_av1), (int64_t)width * height, rate, bit_rate);
}

// The first byte after the header of the sequence parameter set among Annex B units, or NULL.
static const uint8_t *find_h264_parameters(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + 6 < size; i++)
        if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1 && (data[i + 3] & 0x1f) == 7)
            return data + i + 4;
    return NULL;
}

static void string_h264(const cr_stream_info *stream, char *out)
{
    const uint8_t *profile = NULL;
    if (stream->extradata_size >= 7 && stream->extradata[0] == 1)
        profile = stream->extradata + 1;
    else if (stream->extradata)
        profile = find_h264_parameters(stream->extradata, stream->extradata_size);
    if (profile)
        snprintf(out, CR_CODEC_STRING_MAX, "avc1.%02x%02x%02x", profile[0], profile[1], profile[2]);
    else
        snprintf(out, CR_CODEC_STRING_MAX, "avc1.6400%02x",
                 (unsigned)level_h264(stream->width, stream->height, stream->frame_rate, 0));
}

static uint32_t reverse_bits(uint32_t value)
{
    uint32_t reversed = 0;
    for (int i = 0; i < 32; i++)
        reversed |= ((value >> i) & 1) << (31 - i);
    return reversed;
}

// ISO/IEC 14496-15, annex E.
static void string_hevc(const cr_stream_info *stream, char *out)
{
    const uint8_t *record = stream->extradata;
    if (stream->extradata_size < 23 || record[0] != 1) {
        // 4.0: what cameras of our sizes write; decoders look at the bitstream anyway.
        snprintf(out, CR_CODEC_STRING_MAX, "hev1.1.6.L120.90");
        return;
    }
    const char *spaces[] = {"", "A", "B", "C"};
    uint32_t compatible = (uint32_t)record[2] << 24 | (uint32_t)record[3] << 16 |
                          (uint32_t)record[4] << 8 | record[5];
    int length = snprintf(out, CR_CODEC_STRING_MAX, "hvc1.%s%d.%x.%c%d", spaces[record[1] >> 6],
                          record[1] & 0x1f, (unsigned)reverse_bits(compatible),
                          record[1] & 0x20 ? 'H' : 'L', record[12]);
    int last = 11;
    while (last >= 6 && record[last] == 0)
        last--;
    for (int i = 6; i <= last; i++)
        length += snprintf(out + length, (size_t)(CR_CODEC_STRING_MAX - length), ".%x", record[i]);
}

static void string_av1(const cr_stream_info *stream, char *out)
{
    const uint8_t *record = stream->extradata;
    if (stream->extradata_size >= 4 && record[0] == 0x81)
        snprintf(out, CR_CODEC_STRING_MAX, "av01.%d.%02d%c.%02d", record[1] >> 5, record[1] & 0x1f,
                 record[2] & 0x80 ? 'H' : 'M', record[2] & 0x40 ? 10 : 8);
    else
        snprintf(out, CR_CODEC_STRING_MAX, "av01.%d.%02dM.08", stream->pixel == CR_PIXEL_I444,
                 level_av1(stream->width, stream->height, stream->frame_rate, 0));
}

static void string_vp9(const cr_stream_info *stream, char *out)
{
    bool is_subsampled_both_ways = stream->pixel == CR_PIXEL_I420;
    snprintf(out, CR_CODEC_STRING_MAX, "vp09.%02d.%02d.08", is_subsampled_both_ways ? 0 : 1,
             level_vp9(stream->width, stream->height, stream->frame_rate, 0));
}

bool cr_codec_string_of_stream(const cr_stream_info *stream, char out[CR_CODEC_STRING_MAX])
{
    if (strcmp(stream->codec, "h264") == 0)
        string_h264(stream, out);
    else if (strcmp(stream->codec, "hevc") == 0)
        string_hevc(stream, out);
    else if (strcmp(stream->codec, "av1") == 0)
        string_av1(stream, out);
    else if (strcmp(stream->codec, "vp9") == 0)
        string_vp9(stream, out);
    else if (strcmp(stream->codec, "vp8") == 0)
        snprintf(out, CR_CODEC_STRING_MAX, "vp8");
    else
        return false;
    return true;
}

bool cr_codec_string_of_encoder(const cr_host_encoder_desc *desc, int choice,
                                char out[CR_CODEC_STRING_MAX])
{
    // High, main, constrained baseline.
    static const int profiles_h264[CR_CODEC_PROFILES_MAX] = {0x6400, 0x4d00, 0x42e0};
    int64_t bit_rate = cr_codec_bit_rate(desc);
    if (strcmp(desc->codec, "h264") == 0 && choice < CR_CODEC_PROFILES_MAX)
        snprintf(out, CR_CODEC_STRING_MAX, "avc1.%04x%02x", (unsigned)profiles_h264[choice],
                 (unsigned)level_h264(desc->width, desc->height, desc->frame_rate, bit_rate));
    else if (strcmp(desc->codec, "vp9") == 0 && choice == 0)
        snprintf(out, CR_CODEC_STRING_MAX, "vp09.00.%02d.08",
                 level_vp9(desc->width, desc->height, desc->frame_rate, bit_rate));
    else if (strcmp(desc->codec, "av1") == 0 && choice == 0)
        snprintf(out, CR_CODEC_STRING_MAX, "av01.0.%02dM.08",
                 level_av1(desc->width, desc->height, desc->frame_rate, bit_rate));
    else
        return false;
    return true;
}

const uint8_t *cr_codec_description(const cr_stream_info *stream, size_t *size)
{
    bool is_record = stream->extradata_size >= 7 && stream->extradata[0] == 1 &&
                     (strcmp(stream->codec, "h264") == 0 || strcmp(stream->codec, "hevc") == 0);
    *size = is_record ? stream->extradata_size : 0;
    return is_record ? stream->extradata : NULL;
}

int64_t cr_codec_bit_rate(const cr_host_encoder_desc *desc)
{
    // A tenth of a bit a sample is clean at quality 23 of H.264, and six steps halve or double it;
    // the others' numbers go to 63 instead of 51 and need less.
    enum { QUALITY_H264 = 23, QUALITY_OTHERS = 31, STEPS_H264 = 6, STEPS_OTHERS = 8 };
    if (desc->bit_rate > 0) return desc->bit_rate;
    bool is_h264 = strcmp(desc->codec, "h264") == 0;
    double steps = desc->quality == 0 ? 0
                   : is_h264          ? (QUALITY_H264 - desc->quality) / (double)STEPS_H264
                                      : (QUALITY_OTHERS - desc->quality) / (double)STEPS_OTHERS;
    double rate = cr_rate_is_known(desc->frame_rate)
                      ? (double)desc->frame_rate.num / desc->frame_rate.den
                      : 30;
    double bits_a_sample = (is_h264 ? 0.1 : 0.065) * exp2(steps);
    return llrint((double)desc->width * desc->height * rate * bits_a_sample);
}
