#include "engine/segment_layout.h"

#include <libavutil/crc.h>
#include <libavutil/intreadwrite.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "engine/segment.h"
#include "media/sample.h"

// The stream's numbers in their order on disk.
enum {
    NUMBER_KIND,
    NUMBER_START,
    NUMBER_DURATION,
    NUMBER_BIT_RATE,
    NUMBER_WIDTH,
    NUMBER_HEIGHT,
    NUMBER_ASPECT_NUM,
    NUMBER_ASPECT_DEN,
    NUMBER_PIXEL,
    NUMBER_MATRIX,
    NUMBER_RANGE,
    NUMBER_PRIMARIES,
    NUMBER_TRANSFER,
    NUMBER_BIT_DEPTH,
    NUMBER_RATE_NUM,
    NUMBER_RATE_DEN,
    NUMBER_FRAME_COUNT,
    NUMBER_HAS_ALPHA,
    NUMBER_SAMPLE_RATE,
    NUMBER_CHANNELS,
    NUMBER_CHANNEL_MASK,
    NUMBER_BLOCK_ALIGN,
    NUMBER_BITS_PER_SAMPLE,
    NUMBER_ENCODER_DELAY,
    NUMBER_COUNT,
};

enum {
    CODEC_BYTES = 32,
    LANGUAGE_BYTES = 8,
    FIXED_BYTES = NUMBER_COUNT * 8 + CODEC_BYTES + LANGUAGE_BYTES + 8 + 4,
    CRC_BYTES = 4,
    DECODER_ROOM = 64, // that extradata is followed by, as decoders want
};

// What a number may be.
typedef struct bounds {
    int64_t min, max;
} bounds;

static const bounds allowed[NUMBER_COUNT] = {
    [NUMBER_KIND] = {CR_STREAM_VIDEO, CR_STREAM_TEXT},
    [NUMBER_START] = {-CR_TICKS_MAX, CR_TICKS_MAX},
    [NUMBER_DURATION] = {0, CR_TICKS_MAX},
    [NUMBER_BIT_RATE] = {0, INT32_MAX},
    [NUMBER_WIDTH] = {0, CR_PICTURE_SIDE_MAX},
    [NUMBER_HEIGHT] = {0, CR_PICTURE_SIDE_MAX},
    [NUMBER_ASPECT_NUM] = {0, INT32_MAX},
    [NUMBER_ASPECT_DEN] = {0, INT32_MAX},
    [NUMBER_PIXEL] = {CR_PIXEL_NONE, CR_PIXEL_COUNT - 1},
    [NUMBER_MATRIX] = {0, CR_MATRIX_RGB},
    [NUMBER_RANGE] = {0, CR_COLOR_RANGE_FULL},
    [NUMBER_PRIMARIES] = {0, CR_PRIMARIES_P3},
    [NUMBER_TRANSFER] = {0, CR_TRANSFER_HLG},
    [NUMBER_BIT_DEPTH] = {0, 16},
    [NUMBER_RATE_NUM] = {0, INT32_MAX},
    [NUMBER_RATE_DEN] = {0, INT32_MAX},
    [NUMBER_FRAME_COUNT] = {0, CR_TICKS_MAX},
    [NUMBER_HAS_ALPHA] = {0, 1},
    [NUMBER_SAMPLE_RATE] = {0, 768000},
    [NUMBER_CHANNELS] = {0, CR_CHANNELS_MAX},
    [NUMBER_CHANNEL_MASK] = {INT64_MIN, INT64_MAX},
    [NUMBER_BLOCK_ALIGN] = {0, INT32_MAX},
    [NUMBER_BITS_PER_SAMPLE] = {0, 64},
    [NUMBER_ENCODER_DELAY] = {0, INT32_MAX},
};

uint32_t cr_segment_crc(const void *data, size_t size)
{
    return av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), UINT32_MAX, data, size) ^ UINT32_MAX;
}

static void collect(const cr_stream_info *stream, int64_t numbers[NUMBER_COUNT])
{
    numbers[NUMBER_KIND] = stream->kind;
    numbers[NUMBER_START] = stream->start;
    numbers[NUMBER_DURATION] = stream->duration;
    numbers[NUMBER_BIT_RATE] = stream->bit_rate;
    numbers[NUMBER_WIDTH] = stream->width;
    numbers[NUMBER_HEIGHT] = stream->height;
    numbers[NUMBER_ASPECT_NUM] = stream->sample_aspect.num;
    numbers[NUMBER_ASPECT_DEN] = stream->sample_aspect.den;
    numbers[NUMBER_PIXEL] = stream->pixel;
    numbers[NUMBER_MATRIX] = stream->color.matrix;
    numbers[NUMBER_RANGE] = stream->color.range;
    numbers[NUMBER_PRIMARIES] = stream->color.primaries;
    numbers[NUMBER_TRANSFER] = stream->color.transfer;
    numbers[NUMBER_BIT_DEPTH] = stream->bit_depth;
    numbers[NUMBER_RATE_NUM] = stream->frame_rate.num;
    numbers[NUMBER_RATE_DEN] = stream->frame_rate.den;
    numbers[NUMBER_FRAME_COUNT] = stream->frame_count;
    numbers[NUMBER_HAS_ALPHA] = stream->has_alpha;
    numbers[NUMBER_SAMPLE_RATE] = stream->sample_rate;
    numbers[NUMBER_CHANNELS] = stream->channels;
    numbers[NUMBER_CHANNEL_MASK] = (int64_t)stream->channel_mask;
    numbers[NUMBER_BLOCK_ALIGN] = stream->block_align;
    numbers[NUMBER_BITS_PER_SAMPLE] = stream->bits_per_sample;
    numbers[NUMBER_ENCODER_DELAY] = stream->encoder_delay;
}

static void spread(const int64_t numbers[NUMBER_COUNT], cr_stream_info *stream)
{
    stream->kind = (cr_stream_kind)numbers[NUMBER_KIND];
    stream->start = numbers[NUMBER_START];
    stream->duration = numbers[NUMBER_DURATION];
    stream->bit_rate = numbers[NUMBER_BIT_RATE];
    stream->width = (int)numbers[NUMBER_WIDTH];
    stream->height = (int)numbers[NUMBER_HEIGHT];
    stream->sample_aspect.num = (int32_t)numbers[NUMBER_ASPECT_NUM];
    stream->sample_aspect.den = (int32_t)numbers[NUMBER_ASPECT_DEN];
    stream->pixel = (cr_pixel)numbers[NUMBER_PIXEL];
    stream->color.matrix = (cr_matrix)numbers[NUMBER_MATRIX];
    stream->color.range = (cr_color_range)numbers[NUMBER_RANGE];
    stream->color.primaries = (cr_primaries)numbers[NUMBER_PRIMARIES];
    stream->color.transfer = (cr_transfer)numbers[NUMBER_TRANSFER];
    stream->bit_depth = (int)numbers[NUMBER_BIT_DEPTH];
    stream->frame_rate.num = (int32_t)numbers[NUMBER_RATE_NUM];
    stream->frame_rate.den = (int32_t)numbers[NUMBER_RATE_DEN];
    stream->frame_count = numbers[NUMBER_FRAME_COUNT];
    stream->has_alpha = numbers[NUMBER_HAS_ALPHA] != 0;
    stream->sample_rate = (int)numbers[NUMBER_SAMPLE_RATE];
    stream->channels = (int)numbers[NUMBER_CHANNELS];
    stream->channel_mask = (uint64_t)numbers[NUMBER_CHANNEL_MASK];
    stream->block_align = (int)numbers[NUMBER_BLOCK_ALIGN];
    stream->bits_per_sample = (int)numbers[NUMBER_BITS_PER_SAMPLE];
    stream->encoder_delay = (int)numbers[NUMBER_ENCODER_DELAY];
}

uint8_t *cr_segment_end_print(const cr_stream_info *stream, int64_t packet_count, size_t *size)
{
    CR_ASSERT(stream->extradata_size <= CR_SEGMENT_EXTRADATA_BYTES_MAX);
    int64_t numbers[NUMBER_COUNT];
    collect(stream, numbers);
    *size = FIXED_BYTES + stream->extradata_size + CRC_BYTES;
    uint8_t *data = cr_alloc(*size, 1), *at = data;
    for (int i = 0; i < NUMBER_COUNT; i++, at += 8)
        AV_WL64(at, (uint64_t)numbers[i]);
    memcpy(at, stream->codec, CODEC_BYTES);
    memcpy(at + CODEC_BYTES, stream->language, LANGUAGE_BYTES);
    at += CODEC_BYTES + LANGUAGE_BYTES;
    AV_WL64(at, (uint64_t)packet_count);
    AV_WL32(at + 8, (uint32_t)stream->extradata_size);
    at += 12;
    if (stream->extradata_size) memcpy(at, stream->extradata, stream->extradata_size);
    at += stream->extradata_size;
    AV_WL32(at, cr_segment_crc(data, *size - CRC_BYTES));
    return data;
}

// A rate is known in both parts or in none.
static bool is_rate(int64_t num, int64_t den)
{
    return (num > 0) == (den > 0);
}

cr_status cr_segment_end_parse(const uint8_t *data, size_t size, cr_stream_info *stream,
                               int64_t *packet_count)
{
    if (size < FIXED_BYTES + CRC_BYTES ||
        AV_RL32(data + size - CRC_BYTES) != cr_segment_crc(data, size - CRC_BYTES))
        return CR_CORRUPT;
    int64_t numbers[NUMBER_COUNT];
    const uint8_t *at = data;
    for (int i = 0; i < NUMBER_COUNT; i++, at += 8) {
        numbers[i] = (int64_t)AV_RL64(at);
        if (numbers[i] < allowed[i].min || numbers[i] > allowed[i].max) return CR_CORRUPT;
    }
    const uint8_t *language = at + CODEC_BYTES, *counts = language + LANGUAGE_BYTES;
    int64_t packets = (int64_t)AV_RL64(counts);
    size_t extradata_size = AV_RL32(counts + 8);
    bool is_sound = is_rate(numbers[NUMBER_RATE_NUM], numbers[NUMBER_RATE_DEN]) &&
                    is_rate(numbers[NUMBER_ASPECT_NUM], numbers[NUMBER_ASPECT_DEN]) && at[0] != 0 &&
                    at[CODEC_BYTES - 1] == 0 && language[LANGUAGE_BYTES - 1] == 0 && packets >= 0 &&
                    extradata_size <= CR_SEGMENT_EXTRADATA_BYTES_MAX &&
                    size == FIXED_BYTES + extradata_size + CRC_BYTES;
    if (!is_sound) return CR_CORRUPT;
    *stream = (cr_stream_info){0};
    spread(numbers, stream);
    memcpy(stream->codec, at, CODEC_BYTES);
    memcpy(stream->language, language, LANGUAGE_BYTES);
    if (extradata_size) {
        stream->extradata = cr_alloc(extradata_size + DECODER_ROOM, 1);
        memcpy(stream->extradata, counts + 12, extradata_size);
        stream->extradata_size = extradata_size;
    }
    *packet_count = packets;
    return CR_OK;
}
