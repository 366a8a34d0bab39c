#include "engine/captions.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

static int by_start(const void *a, const void *b)
{
    const cr_caption *first = a, *second = b;
    if (first->range.start != second->range.start)
        return first->range.start < second->range.start ? -1 : 1;
    return strcmp(first->text, second->text);
}

int cr_captions_collect(const cr_sequence *sequence, cr_range range, cr_caption **out)
{
    cr_caption *captions = NULL;
    int count = 0, room = 0;
    if (range.duration == 0) range = (cr_range){0, cr_sequence_duration(sequence)};
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        for (int j = 0; j < track->clip_count && !track->is_hidden; j++) {
            const cr_clip *clip = track->clips[j];
            if (clip->kind != CR_CLIP_CAPTION || clip->is_off || !clip->text || !*clip->text)
                continue;
            cr_range on = cr_range_intersect(clip->range, range);
            if (on.duration == 0) continue;
            on.start -= range.start;
            CR_VEC_ADD(captions, count, room, ((cr_caption){.range = on, .text = clip->text}));
        }
    }
    if (count > 1) qsort(captions, (size_t)count, sizeof *captions, by_start);
    *out = captions;
    return count;
}

static void add_time(cr_str *out, cr_ticks at)
{
    int64_t ms = cr_ticks_to_milliseconds(at);
    cr_str_addf(out, "%02" PRId64 ":%02" PRId64 ":%02" PRId64 ",%03" PRId64, ms / 3600000,
                ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

// An empty line would end the entry.
static void add_lines(cr_str *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        bool is_empty_line = *at == '\n' && (at[1] == '\n' || at[1] == 0 || at == text);
        if (*at != '\r' && !is_empty_line) cr_str_add_char(out, *at);
    }
}

char *cr_captions_subrip(const cr_sequence *sequence, cr_range range)
{
    cr_caption *captions = NULL;
    int count = cr_captions_collect(sequence, range, &captions);
    cr_str out = {0};
    for (int i = 0; i < count; i++) {
        cr_str_addf(&out, "%s%d\n", i ? "\n" : "", i + 1);
        add_time(&out, captions[i].range.start);
        cr_str_add(&out, " --> ");
        add_time(&out, cr_range_end(captions[i].range));
        cr_str_add_char(&out, '\n');
        add_lines(&out, captions[i].text);
        cr_str_add_char(&out, '\n');
    }
    cr_free(captions);
    return cr_str_take(&out);
}
