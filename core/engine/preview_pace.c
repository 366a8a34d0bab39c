#include "engine/preview_pace.h"

enum {
    WINDOW_US = 700000,
    PATIENCE_US = 5000000,
    PATIENCE_US_MAX = 60000000,
    DROPS_OF_PICTURES = 10, // one in so many is too many
    STEPS_MAX = 2,
};

static void begin_window(cr_preview_pace *pace, int64_t shown, int64_t dropped, int64_t now_us)
{
    pace->shown = shown;
    pace->dropped = dropped;
    pace->window_us = now_us;
}

static void change(cr_preview_pace *pace, int by, int64_t now_us)
{
    pace->steps_down += by;
    pace->went_up = by < 0;
    pace->changed_us = now_us;
}

cr_preview_quality cr_preview_pace_follow(cr_preview_pace *pace, int64_t shown, int64_t dropped,
                                          int64_t now_us)
{
    if (pace->patience_us == 0) pace->patience_us = PATIENCE_US;
    if (pace->window_us == 0) {
        begin_window(pace, shown, dropped, now_us);
        pace->changed_us = now_us;
    } else if (now_us - pace->window_us >= WINDOW_US) {
        int64_t drops = dropped - pace->dropped, pictures = shown - pace->shown + drops;
        if (drops * DROPS_OF_PICTURES > pictures && pace->steps_down < STEPS_MAX) {
            // Down again soon after it went up: the better quality is too much here.
            bool was_up_lately = pace->went_up && now_us - pace->changed_us < pace->patience_us;
            if (was_up_lately && pace->patience_us * 2 <= PATIENCE_US_MAX) pace->patience_us *= 2;
            change(pace, 1, now_us);
        } else if (drops > 0) {
            pace->changed_us = now_us;
        } else if (pace->steps_down > 0 && now_us - pace->changed_us >= pace->patience_us) {
            change(pace, -1, now_us);
        }
        begin_window(pace, shown, dropped, now_us);
    }
    static const cr_preview_quality qualities[] = {CR_QUALITY_FULL, CR_QUALITY_HALF,
                                                   CR_QUALITY_QUARTER};
    return qualities[pace->steps_down];
}

void cr_preview_pace_restart(cr_preview_pace *pace)
{
    pace->window_us = 0;
}
