#include "mixer/duck.h"

#include "base/mem.h"

// The attack ends this much before speech, so that the mixer's steps of gain cannot smear past it.
#define LEAD_TICKS (CR_TICKS_PER_SECOND / 500)

static int join_near(cr_range *speech, int count, cr_ticks hold)
{
    if (count == 0) return 0;
    int kept = 0;
    for (int i = 1; i < count; i++) {
        if (speech[i].start - cr_range_end(speech[kept]) < hold)
            speech[kept].duration = cr_range_end(speech[i]) - speech[kept].start;
        else
            speech[++kept] = speech[i];
    }
    return kept + 1;
}

void cr_ducking_make(cr_ducking *out, const cr_project *project, const cr_sequence *sequence,
                     const cr_track *track)
{
    *out = (cr_ducking){.attack = track->duck.attack, .release = track->duck.release};
    if (!track->duck.under[0] || track->duck.amount >= 0) return;
    out->amount = track->duck.amount;
    out->count = cr_resolve_speech(project, sequence, track->duck.under, &out->speech);
    cr_ticks hold = out->attack + out->release + 2 * LEAD_TICKS;
    if (hold < CR_DUCK_HOLD_TICKS) hold = CR_DUCK_HOLD_TICKS;
    out->count = join_near(out->speech, out->count, hold);
}

void cr_ducking_free(cr_ducking *ducking)
{
    cr_free(ducking->speech);
    *ducking = (cr_ducking){0};
}

// From 0 to 1 with no corner at either end.
static double smooth(cr_ticks passed, cr_ticks length)
{
    if (length <= 0 || passed >= length) return passed > 0 ? 1 : 0;
    if (passed <= 0) return 0;
    double x = (double)passed / (double)length;
    return x * x * (3 - 2 * x);
}

static double depth_near(const cr_ducking *ducking, cr_range speech, cr_ticks at)
{
    cr_ticks start = speech.start - LEAD_TICKS, end = cr_range_end(speech) + LEAD_TICKS;
    if (at >= start && at < end) return 1;
    if (at < start) return smooth(at - (start - ducking->attack), ducking->attack);
    return 1 - smooth(at - end, ducking->release);
}

double cr_ducking_db(const cr_ducking *ducking, cr_ticks at)
{
    int low = 0, high = ducking->count; // the first stretch that starts after [at]
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (ducking->speech[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    double depth = 0;
    if (low > 0) depth = depth_near(ducking, ducking->speech[low - 1], at);
    if (low < ducking->count) {
        double ahead = depth_near(ducking, ducking->speech[low], at);
        if (ahead > depth) depth = ahead;
    }
    return depth * (double)ducking->amount / (double)CR_ONE;
}
