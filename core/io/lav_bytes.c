#include "io/lav_bytes.h"

#include <libavutil/mem.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { buffer_bytes = 64 * 1024 };

typedef struct reading {
    cr_source *source;
    int64_t at;
    bool is_blind;
} reading;

static int read_nothing(reading *state, uint8_t *data, int size)
{
    uint64_t at = (uint64_t)state->at, end = state->source->size;
    if (at >= end) return AVERROR_EOF;
    if ((uint64_t)size > end - at) size = (int)(end - at);
    memset(data, 0, (size_t)size);
    state->at += size;
    return size;
}

static int read_some(void *opaque, uint8_t *data, int size)
{
    reading *state = opaque;
    if (state->is_blind) return read_nothing(state, data, size);
    size_t got = 0;
    cr_status status =
        state->source->read_at(state->source, (uint64_t)state->at, data, (size_t)size, &got);
    if (status != CR_OK) return AVERROR(EIO);
    if (got == 0) return AVERROR_EOF;
    state->at += (int64_t)got;
    return (int)got;
}

// Where a seek leads; negative when it leads nowhere.
static int64_t target(int64_t offset, int whence, int64_t at, int64_t size)
{
    switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
        return offset;
    case SEEK_CUR:
        return at + offset;
    case SEEK_END:
        return size < 0 ? -1 : size + offset;
    default:
        return -1;
    }
}

static int64_t seek_source(void *opaque, int64_t offset, int whence)
{
    reading *state = opaque;
    bool is_known = state->source->size <= INT64_MAX;
    int64_t size = is_known ? (int64_t)state->source->size : -1;
    if (whence == AVSEEK_SIZE) return is_known ? size : AVERROR(ENOSYS);
    int64_t to = target(offset, whence, state->at, size);
    if (to < 0) return AVERROR(EINVAL);
    state->at = to;
    return to;
}

AVIOContext *cr_lav_reader(cr_source *source)
{
    uint8_t *buffer = av_malloc(buffer_bytes);
    if (!buffer) return NULL;
    reading *state = cr_alloc(1, sizeof *state);
    state->source = source;
    AVIOContext *context =
        avio_alloc_context(buffer, buffer_bytes, 0, state, read_some, NULL, seek_source);
    if (!context) {
        av_free(buffer);
        cr_free(state);
    }
    return context;
}

void cr_lav_reader_blind(AVIOContext *reader, bool is_blind)
{
    int64_t at = avio_tell(reader);
    ((reading *)reader->opaque)->is_blind = is_blind;
    reader->buf_ptr = reader->buf_end = reader->buffer;
    (void)avio_seek(reader, at, SEEK_SET);
}

#if LIBAVFORMAT_VERSION_MAJOR >= 61
static int write_some(void *opaque, const uint8_t *data, int size)
#else
static int write_some(void *opaque, uint8_t *data, int size)
#endif
{
    cr_lav_sink *state = opaque;
    cr_status status = state->sink->write_at(state->sink, (uint64_t)state->at, data, (size_t)size);
    if (status != CR_OK) {
        if (state->status == CR_OK) state->status = status;
        return status == CR_NOSPACE ? AVERROR(ENOSPC) : AVERROR(EIO);
    }
    state->at += size;
    if (state->at > state->size) state->size = state->at;
    return size;
}

static int read_back(void *opaque, uint8_t *data, int size)
{
    cr_lav_sink *state = opaque;
    size_t got = 0;
    if (state->sink->read_at(state->sink, (uint64_t)state->at, data, (size_t)size, &got) != CR_OK)
        return AVERROR(EIO);
    state->at += (int64_t)got;
    return got ? (int)got : AVERROR_EOF;
}

static int64_t seek_sink(void *opaque, int64_t offset, int whence)
{
    cr_lav_sink *state = opaque;
    if (whence == AVSEEK_SIZE) return state->size;
    int64_t to = target(offset, whence, state->at, state->size);
    if (to < 0) return AVERROR(EINVAL);
    state->at = to;
    return to;
}

AVIOContext *cr_lav_writer(cr_lav_sink *state)
{
    uint8_t *buffer = av_malloc(buffer_bytes);
    if (!buffer) return NULL;
    AVIOContext *context =
        avio_alloc_context(buffer, buffer_bytes, 1, state, read_back, write_some, seek_sink);
    if (!context) av_free(buffer);
    return context;
}

void cr_lav_bytes_free(AVIOContext **context)
{
    AVIOContext *gone = *context;
    if (!gone) return;
    if (!gone->write_flag) cr_free(gone->opaque);
    av_freep(&gone->buffer);
    avio_context_free(context);
}

cr_status cr_status_from_lav(int error)
{
    if (error >= 0) return CR_OK;
    switch (error) {
    case AVERROR(EAGAIN):
        return CR_AGAIN;
    case AVERROR_EOF:
        return CR_EOF;
    case AVERROR(ENOMEM):
        return CR_NOMEM;
    case AVERROR(ENOSPC):
        return CR_NOSPACE;
    case AVERROR(ENOSYS):
    case AVERROR_PATCHWELCOME:
    case AVERROR_DECODER_NOT_FOUND:
    case AVERROR_DEMUXER_NOT_FOUND:
    case AVERROR_ENCODER_NOT_FOUND:
    case AVERROR_MUXER_NOT_FOUND:
        return CR_UNSUPPORTED;
    case AVERROR_INVALIDDATA:
        return CR_CORRUPT;
    case AVERROR(EINVAL):
        return CR_INVALID;
    default:
        return CR_IO;
    }
}

void cr_lav_error_text(int error, char *out, size_t size)
{
    if (av_strerror(error, out, size) != 0) snprintf(out, size, "error %d", error);
}
