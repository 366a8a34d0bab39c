#include "mixer/downmix.h"

#include <string.h>

#define MINUS_3_DB 0.70710678f

typedef struct weight {
    float left, right;
} weight;

// A row for each count of channels, from 3.
static const weight weights[][CR_CHANNELS_MAX] = {
    {{1, 0}, {0, 1}, {MINUS_3_DB, MINUS_3_DB}},
    {{1, 0}, {0, 1}, {MINUS_3_DB, 0}, {0, MINUS_3_DB}},
    {{1, 0}, {0, 1}, {MINUS_3_DB, MINUS_3_DB}, {MINUS_3_DB, 0}, {0, MINUS_3_DB}},
    {{1, 0}, {0, 1}, {MINUS_3_DB, MINUS_3_DB}, {0, 0}, {MINUS_3_DB, 0}, {0, MINUS_3_DB}},
    {{1, 0},
     {0, 1},
     {MINUS_3_DB, MINUS_3_DB},
     {0, 0},
     {MINUS_3_DB, 0},
     {0, MINUS_3_DB},
     {0.5f, 0.5f}},
    {{1, 0},
     {0, 1},
     {MINUS_3_DB, MINUS_3_DB},
     {0, 0},
     {MINUS_3_DB, 0},
     {0, MINUS_3_DB},
     {MINUS_3_DB, 0},
     {0, MINUS_3_DB}},
};

void cr_downmix(const cr_samples *samples, float *left, float *right)
{
    size_t bytes = (size_t)samples->count * sizeof(float);
    if (samples->channels <= 2) {
        memcpy(left, samples->data[0], bytes);
        memcpy(right, samples->data[samples->channels - 1], bytes);
        return;
    }
    const weight *row = weights[samples->channels - 3];
    memset(left, 0, bytes);
    memset(right, 0, bytes);
    for (int channel = 0; channel < samples->channels; channel++) {
        const float *from = samples->data[channel];
        for (int i = 0; i < samples->count; i++) {
            left[i] += from[i] * row[channel].left;
            right[i] += from[i] * row[channel].right;
        }
    }
}
