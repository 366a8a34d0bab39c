#include "broker/wav_file.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

enum {
    HEADER_BYTES = 44,
    SAMPLE_BYTES = 3,
};

static const double full_scale = 8388608;

static void put(uint8_t *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (uint8_t)(value >> (8 * i));
}

static void put_header(uint8_t *out, const cr_samples *samples, uint32_t data_bytes)
{
    uint32_t frame_bytes = (uint32_t)samples->channels * SAMPLE_BYTES;
    memcpy(out, "RIFF....WAVEfmt ", 16);
    put(out + 4, HEADER_BYTES - 8 + data_bytes + (data_bytes & 1), 4);
    put(out + 16, 16, 4);
    put(out + 20, 1, 2); // PCM
    put(out + 22, (uint32_t)samples->channels, 2);
    put(out + 24, (uint32_t)samples->rate, 4);
    put(out + 28, (uint32_t)samples->rate * frame_bytes, 4);
    put(out + 32, frame_bytes, 2);
    put(out + 34, SAMPLE_BYTES * 8, 2);
    memcpy(out + 36, "data", 4);
    put(out + 40, data_bytes, 4);
}

static uint32_t whole(float sample)
{
    double value = floor((double)sample * full_scale + 0.5);
    if (!(value > -full_scale)) value = -full_scale;
    if (value > full_scale - 1) value = full_scale - 1;
    return (uint32_t)(int32_t)value;
}

static cr_status write_all(cr_sink *sink, const uint8_t *bytes, size_t size)
{
    cr_status status = sink->write_at(sink, 0, bytes, size);
    return status == CR_OK ? sink->commit(sink) : status;
}

cr_status cr_wav_write(const cr_host *host, const char *path, const cr_samples *samples,
                       cr_fault *fault)
{
    uint64_t data_bytes = (uint64_t)samples->count * (uint64_t)samples->channels * SAMPLE_BYTES;
    if (data_bytes > UINT32_MAX - 2 * HEADER_BYTES)
        return cr_fail(fault, CR_LIMIT, path, "The sound is too long for a WAV file (4 GB).");
    size_t size = HEADER_BYTES + (size_t)data_bytes + (data_bytes & 1);
    uint8_t *bytes = cr_try_alloc_large(size);
    if (!bytes) return cr_fail(fault, CR_NOMEM, path, "There is no memory to write the sound.");
    bytes[size - 1] = 0;
    put_header(bytes, samples, (uint32_t)data_bytes);
    uint8_t *at = bytes + HEADER_BYTES;
    for (int i = 0; i < samples->count; i++) {
        for (int channel = 0; channel < samples->channels; channel++, at += SAMPLE_BYTES)
            put(at, whole(samples->data[channel][i]), SAMPLE_BYTES);
    }
    cr_sink *sink = NULL;
    cr_status status = host->open_sink(host->cookie, path, &sink, fault);
    if (status == CR_OK) {
        status = write_all(sink, bytes, size);
        if (status != CR_OK)
            cr_fail(fault, status, path, "The sound cannot be written: %s.",
                    cr_status_text(status));
    }
    cr_sink_close(&sink);
    cr_free_large(bytes);
    return status;
}
