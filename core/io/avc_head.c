#include "io/avc_head.h"

#include <libavutil/pixdesc.h>
#include <stdint.h>
#include <string.h>

enum {
    // Of an avcC box: five bytes, a count of sequence parameter sets, their sizes.
    SETS_COUNT_AT = 5,
    SET_SIZE_AT = 6,
    SET_AT = 8,
    SET_BYTES_MAX = 256,
    NAL_SPS = 7,
    PROFILE_BASELINE = 66,
    PROFILE_MAIN = 77,
    PROFILE_EXTENDED = 88,
    PROFILE_HIGH = 100,
    REFERENCE_CYCLE_MAX = 255,
    ASPECT_SAID = 255, // in the stream itself, not by number
    GOLOMB_ZEROS_MAX = 31,
    BLOCKS_MAX = 4096, // of 16 samples, to a side
};

// The bits of a parameter set; beyond its end there are zeros, and [is_over].
typedef struct bits {
    uint8_t bytes[SET_BYTES_MAX];
    size_t bit, bit_count;
    bool is_over;
} bits;

// Without what keeps a start code from coming up in it.
static bool unescape(bits *b, const uint8_t *from, size_t size)
{
    size_t count = 0, zeros = 0;
    for (size_t i = 0; i < size; i++) {
        if (zeros >= 2 && from[i] == 3) {
            zeros = 0;
            continue;
        }
        if (count == SET_BYTES_MAX) return false;
        zeros = from[i] == 0 ? zeros + 1 : 0;
        b->bytes[count++] = from[i];
    }
    b->bit_count = count * 8;
    return true;
}

static unsigned bit(bits *b)
{
    if (b->bit >= b->bit_count) {
        b->is_over = true;
        return 0;
    }
    unsigned found = b->bytes[b->bit / 8] >> (7 - b->bit % 8) & 1U;
    b->bit++;
    return found;
}

static unsigned number(bits *b, int size)
{
    unsigned found = 0;
    for (int i = 0; i < size; i++)
        found = found << 1 | bit(b);
    return found;
}

// Exponential Golomb; signed ones are skipped in the same way.
static unsigned golomb(bits *b)
{
    int zeros = 0;
    while (!b->is_over && bit(b) == 0)
        if (++zeros > GOLOMB_ZEROS_MAX) b->is_over = true;
    return b->is_over ? 0 : (1U << zeros) - 1 + number(b, zeros);
}

// Up to the size. False: not of the plain kind.
static bool skip_to_size(bits *b)
{
    unsigned profile = number(b, 8);
    (void)number(b, 16); // constraints and level
    (void)golomb(b);     // its id
    if (profile == PROFILE_HIGH) {
        bool is_plain = golomb(b) == 1 && golomb(b) == 0 && golomb(b) == 0;
        // No lossless coding, no matrices of its own.
        if (!is_plain || bit(b) || bit(b)) return false;
    } else if (profile != PROFILE_BASELINE && profile != PROFILE_MAIN &&
               profile != PROFILE_EXTENDED) {
        return false;
    }
    (void)golomb(b); // frame numbers
    unsigned order = golomb(b);
    if (order == 0) (void)golomb(b);
    if (order == 1) {
        (void)bit(b);
        (void)golomb(b);
        (void)golomb(b);
        unsigned count = golomb(b);
        if (count > REFERENCE_CYCLE_MAX) return false;
        for (unsigned i = 0; i < count; i++)
            (void)golomb(b);
    }
    (void)golomb(b); // references
    (void)bit(b);
    return true;
}

// Whether the pictures are progressive and of the size that is known.
static bool is_of_size(bits *b, const AVCodecParameters *coded)
{
    unsigned columns = golomb(b) + 1, rows = golomb(b) + 1;
    if (columns > BLOCKS_MAX || rows > BLOCKS_MAX) return false;
    if (!bit(b)) return false; // fields
    (void)bit(b);
    unsigned left = 0, right = 0, top = 0, bottom = 0;
    if (bit(b)) {
        left = golomb(b);
        right = golomb(b);
        top = golomb(b);
        bottom = golomb(b);
    }
    // Two samples of luma to one of chroma.
    int64_t width = 16 * (int64_t)columns - 2 * ((int64_t)left + right);
    int64_t height = 16 * (int64_t)rows - 2 * ((int64_t)top + bottom);
    return width == coded->width && height == coded->height;
}

static AVRational aspect(bits *b)
{
    static const AVRational known[] = {
        {0, 1},   {1, 1},   {12, 11}, {10, 11}, {16, 11},  {40, 33}, {24, 11}, {20, 11}, {32, 11},
        {80, 33}, {18, 11}, {15, 11}, {64, 33}, {160, 99}, {4, 3},   {3, 2},   {2, 1},
    };
    unsigned kind = number(b, 8);
    if (kind == ASPECT_SAID) {
        int width = (int)number(b, 16), height = (int)number(b, 16);
        return height > 0 ? (AVRational){width, height} : known[0];
    }
    return kind < sizeof known / sizeof *known ? known[kind] : known[0];
}

// As far as the colours.
static void read_usability(bits *b, AVCodecParameters *found)
{
    if (bit(b)) found->sample_aspect_ratio = aspect(b);
    if (bit(b)) (void)bit(b); // overscan
    if (!bit(b)) return;
    (void)number(b, 3);
    found->color_range = bit(b) ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    if (!bit(b)) return;
    found->color_primaries = (enum AVColorPrimaries)number(b, 8);
    found->color_trc = (enum AVColorTransferCharacteristic)number(b, 8);
    found->color_space = (enum AVColorSpace)number(b, 8);
}

static bool is_known(const AVCodecParameters *found)
{
    return av_color_primaries_name(found->color_primaries) &&
           av_color_transfer_name(found->color_trc) && av_color_space_name(found->color_space) &&
           found->color_space != AVCOL_SPC_RGB;
}

bool cr_avc_describe(AVCodecParameters *coded)
{
    const uint8_t *box = coded->extradata;
    if (coded->codec_id != AV_CODEC_ID_H264 || coded->extradata_size < SET_AT || box[0] != 1 ||
        (box[SETS_COUNT_AT] & 31) != 1)
        return false;
    size_t size = (size_t)box[SET_SIZE_AT] << 8 | box[SET_SIZE_AT + 1];
    if (size < 1 || size > (size_t)coded->extradata_size - SET_AT || (box[SET_AT] & 31) != NAL_SPS)
        return false;
    bits b = {.bit = 0};
    if (!unescape(&b, box + SET_AT + 1, size - 1)) return false;
    if (!skip_to_size(&b) || !is_of_size(&b, coded)) return false;
    AVCodecParameters found = *coded;
    if (bit(&b)) read_usability(&b, &found);
    if (b.is_over || !is_known(&found)) return false;
    coded->format =
        found.color_range == AVCOL_RANGE_JPEG ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    coded->sample_aspect_ratio = found.sample_aspect_ratio;
    coded->color_range = found.color_range;
    coded->color_primaries = found.color_primaries;
    coded->color_trc = found.color_trc;
    coded->color_space = found.color_space;
    return true;
}
