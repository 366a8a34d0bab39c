#include "studio/pacing.h"

#define MS(milliseconds) ((milliseconds) * (CR_TICKS_PER_SECOND / 1000))

// The eye arrives before the voice does; the opening title wants a moment more.
static const cr_ticks lead = MS(400), lead_first = MS(900);
static const cr_ticks tail = MS(350), tail_last = MS(1300);
// More rest than this between two scenes is a hole.
static const cr_ticks rest_max = MS(1500);
static const cr_ticks silent_scene = MS(3000), silent_scene_max = MS(8000);

// What the built-in voices say in a hundred seconds at speed 100, pauses at commas included.
enum { WORDS_A_HUNDRED_SECONDS = 300 };

enum { SPEED_MIN = 90, SPEED_MAX = 115, SPEED_STEP = 5 };

static cr_ticks whole_frames(cr_ticks ticks, cr_rate rate)
{
    return cr_frame_start(cr_frame_count(ticks, rate), rate);
}

static cr_ticks clamp(cr_ticks value, cr_ticks min, cr_ticks max)
{
    return value < min ? min : value > max ? max : value;
}

// The scene's part of the wanted length: silent ones have theirs, the others share the rest by
// their words.
static cr_ticks share_of(const cr_pace *pace, int words)
{
    if (pace->words_total == 0) return pace->wanted / (pace->scene_count ? pace->scene_count : 1);
    cr_ticks spoken = pace->wanted - pace->silent_count * silent_scene;
    if (words == 0 || spoken < 0) return silent_scene;
    return cr_scale(spoken, words, pace->words_total, CR_ROUND_NEAREST);
}

int cr_pace_speed_percent(const cr_pace *pace)
{
    int spoken = pace->scene_count - pace->silent_count;
    cr_ticks room = pace->wanted - pace->silent_count * silent_scene - lead_first - tail_last -
                    (spoken > 1 ? spoken - 1 : 0) * (lead + tail);
    if (pace->words_total == 0) return 100;
    if (room <= 0) return SPEED_MAX;
    int64_t words_fit =
        cr_scale(room, WORDS_A_HUNDRED_SECONDS, 100 * CR_TICKS_PER_SECOND, CR_ROUND_DOWN);
    int64_t percent =
        cr_scale(pace->words_total, 100, words_fit > 0 ? words_fit : 1, CR_ROUND_NEAREST);
    percent = (percent + SPEED_STEP / 2) / SPEED_STEP * SPEED_STEP;
    return (int)clamp(percent, SPEED_MIN, SPEED_MAX);
}

cr_scene_timing cr_pace_scene(const cr_pace *pace, int number, int words, cr_ticks voice)
{
    cr_ticks before = number == 1 ? lead_first : lead;
    cr_ticks after = number == pace->scene_count ? tail_last : tail;
    cr_ticks share = share_of(pace, words);
    if (voice == 0)
        return (cr_scene_timing){
            whole_frames(clamp(share, silent_scene, silent_scene_max), pace->rate), 0};
    cr_ticks shortest = before + voice + after;
    return (cr_scene_timing){whole_frames(clamp(share, shortest, shortest + rest_max), pace->rate),
                             before};
}
