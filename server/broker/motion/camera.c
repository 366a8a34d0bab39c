#include "broker/motion/camera.h"

#include <math.h>
#include <stddef.h>

#include "base/vec.h"
#include "broker/painter/dice.h"
#include "broker/painter/words.h"

// Zoom of the middle depth, and how a far and a near layer share in every move.
static const double zoom_full = 0.105;
static const double share_far = 0.34, share_near = 1.2;

static const char *const names[] = {"",          "push-in", "pull-out",  "pan-left",
                                    "pan-right", "tilt-up", "tilt-down", "drift"};

const char *cr_move_name(cr_move move)
{
    return names[move];
}

static cr_move turned(cr_move move, const cr_text_words *words)
{
    for (int i = 0; i < words->count; i++) {
        if (cr_word_in(words->words[i].text, "right")) return CR_MOVE_PAN_RIGHT;
        if (cr_word_in(words->words[i].text, "left")) return CR_MOVE_PAN_LEFT;
        if (move == CR_MOVE_TILT_UP && cr_word_in(words->words[i].text, "down"))
            return CR_MOVE_TILT_DOWN;
    }
    return move;
}

cr_move cr_move_choose(const char *shot, uint64_t seed)
{
    cr_text_words words;
    cr_text_words_split(&words, shot ? shot : "");
    cr_dice dice = cr_dice_make(seed, 201);
    int chance = cr_dice_below(&dice, 6);
    for (int i = 0; i < words.count; i++) {
        const char *word = words.words[i].text;
        if (cr_word_in(word, "push in closer dolly zoom")) return CR_MOVE_PUSH_IN;
        if (cr_word_in(word, "pull out back reveal")) return CR_MOVE_PULL_OUT;
        if (cr_word_in(word, "pan track tracking truck sweep follow slide"))
            return turned(chance % 2 ? CR_MOVE_PAN_LEFT : CR_MOVE_PAN_RIGHT, &words);
        if (cr_word_in(word, "tilt crane rise rising pedestal"))
            return turned(CR_MOVE_TILT_UP, &words);
        if (cr_word_in(word, "drift float still static locked")) return CR_MOVE_DRIFT;
    }
    for (int i = 0; i < words.count; i++) {
        if (cr_word_in(words.words[i].text, "close"))
            return chance < 4 ? CR_MOVE_PUSH_IN : CR_MOVE_DRIFT;
        if (cr_word_in(words.words[i].text, "wide"))
            return chance < 2   ? CR_MOVE_PAN_LEFT
                   : chance < 4 ? CR_MOVE_PAN_RIGHT
                                : CR_MOVE_PULL_OUT;
    }
    static const cr_move usual[] = {CR_MOVE_PUSH_IN,   CR_MOVE_DRIFT,    CR_MOVE_PAN_LEFT,
                                    CR_MOVE_PAN_RIGHT, CR_MOVE_PULL_OUT, CR_MOVE_PUSH_IN};
    return usual[chance];
}

cr_camera cr_camera_make(cr_move move, double bleed, double width, double height, double seconds,
                         uint64_t seed)
{
    cr_dice dice = cr_dice_make(seed, 202);
    cr_camera camera = {.move = move,
                        // A pixel is kept back for the filter of the resampling.
                        .reach_x = fmax(0, bleed - 2),
                        .reach_y = fmax(0, bleed - 2),
                        .amount = fmin(1, 0.4 + seconds / 10),
                        .side = cr_dice_below(&dice, 2) ? 1 : -1};
    if (bleed <= 0) {
        camera.reach_x = width * 0.05;
        camera.reach_y = height * 0.05;
    }
    return camera;
}

// Nearly even, with soft ends.
static double eased(double along)
{
    return 0.62 * along + 0.38 * along * along * (3 - 2 * along);
}

cr_view cr_camera_at(const cr_camera *camera, double depth, double along)
{
    double share = share_far + (share_near - share_far) * depth;
    double t = eased(fmin(1, fmax(0, along)));
    double from_middle = (2 * t - 1) * camera->amount; // -1 to 1
    double x = 0, y = 0, zoom = 0;
    switch (camera->move) {
    case CR_MOVE_PUSH_IN:
        zoom = t * camera->amount;
        break;
    case CR_MOVE_PULL_OUT:
        zoom = (1 - t) * camera->amount;
        break;
    case CR_MOVE_PAN_LEFT:
        x = from_middle;
        break;
    case CR_MOVE_PAN_RIGHT:
        x = -from_middle;
        break;
    case CR_MOVE_TILT_UP:
        y = from_middle;
        break;
    case CR_MOVE_TILT_DOWN:
        y = -from_middle;
        break;
    default:
        x = camera->side * from_middle * 0.55;
        y = 0.12 * from_middle;
        zoom = 0.25 + 0.45 * t * camera->amount;
        break;
    }
    double reach = share / share_near;
    return (cr_view){.x = x * camera->reach_x * reach,
                     .y = y * camera->reach_y * reach,
                     .scale = 1 + zoom * zoom_full * share};
}
