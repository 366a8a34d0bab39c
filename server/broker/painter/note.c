// flow: composition + a person's note -> composition
#include "broker/painter/composition.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

static void understood(cr_str *said, const char *what)
{
    cr_str_add(said, said->length ? ", " : "");
    cr_str_add(said, what);
}

static void drop_subject(cr_composition *c, int index)
{
    for (int i = index; i + 1 < c->subject_count; i++)
        c->subjects[i] = c->subjects[i + 1];
    c->subject_count--;
    for (int i = 0; i < c->subject_count; i++) {
        cr_subject *subject = &c->subjects[i];
        if (subject->other == index) {
            subject->other = -1;
            subject->relation = CR_RELATION_NONE;
        } else if (subject->other > index) {
            subject->other--;
        }
    }
    if (c->focal == index)
        c->focal = c->subject_count > 0 ? 0 : -1;
    else if (c->focal > index)
        c->focal--;
}

static int find_subject(const cr_composition *c, const char *icon)
{
    for (int i = 0; i < c->subject_count; i++)
        if (!strcmp(c->subjects[i].icon, icon)) return i;
    return -1;
}

static void say_subject(cr_str *said, const char *verb, const char *icon)
{
    char text[CR_ICON_NAME_BYTES + 16];
    snprintf(text, sizeof text, "%s %s", verb, icon);
    for (char *at = text; *at; at++)
        if (*at == '-') *at = ' ';
    understood(said, text);
}

typedef enum wish {
    WISH_NONE = 0,
    WISH_ADD,
    WISH_REMOVE,
    WISH_MORE,
    WISH_FEWER,
    WISH_BIGGER,
    WISH_SMALLER
} wish;

static wish wish_of(const cr_text_word *word, wish before)
{
    if (cr_word_in(word->text, "without remove no drop delete lose hide minus")) return WISH_REMOVE;
    if (cr_word_in(word->text, "add with put include insert plus give place")) return WISH_ADD;
    if (cr_word_in(word->text, "more extra additional lots many")) return WISH_MORE;
    if (cr_word_in(word->text, "fewer less")) return WISH_FEWER;
    if (cr_word_in(word->text, "bigger larger enlarge taller big large huge")) return WISH_BIGGER;
    if (cr_word_in(word->text, "smaller tiny shrink small tinier")) return WISH_SMALLER;
    return before;
}

static void apply_to_subject(cr_composition *c, const cr_match *match, wish what, cr_str *said)
{
    int index = find_subject(c, match->thing->icon);
    if (what == WISH_REMOVE) {
        if (index >= 0) drop_subject(c, index);
        say_subject(said, "without", match->thing->icon);
        return;
    }
    if (index < 0) {
        if (c->subject_count == CR_SUBJECTS_MAX) return;
        index = c->subject_count++;
        c->subjects[index] = (cr_subject){.stand = match->thing->stand,
                                          .cm = match->thing->cm,
                                          .body = match->thing->body,
                                          .count = what == WISH_MORE ? 4 : 1,
                                          .other = -1,
                                          .size = 1};
        snprintf(c->subjects[index].icon, CR_ICON_NAME_BYTES, "%s", match->thing->icon);
        if (c->focal < 0) c->focal = index;
        say_subject(said, "with", match->thing->icon);
    } else if (what == WISH_MORE) {
        int count = c->subjects[index].count * 2;
        c->subjects[index].count = count < CR_SUBJECT_COUNT_MAX ? count : CR_SUBJECT_COUNT_MAX;
        say_subject(said, "more", match->thing->icon);
    } else if (what == WISH_FEWER) {
        c->subjects[index].count = (c->subjects[index].count + 1) / 2;
        say_subject(said, "fewer", match->thing->icon);
    }
    if (what == WISH_BIGGER || what == WISH_SMALLER) {
        double factor = what == WISH_BIGGER ? 1.35 : 0.72;
        c->subjects[index].size = fmin(3, fmax(0.3, c->subjects[index].size * factor));
        say_subject(said, what == WISH_BIGGER ? "bigger" : "smaller", match->thing->icon);
    }
}

static bool apply_framing(cr_composition *c, const cr_text_word *word, cr_str *said)
{
    if (cr_word_in(word->text, "closer close nearer zoom tighter")) {
        if (c->framing < CR_FRAMING_CLOSE)
            c->framing = (cr_framing)(c->framing + 1);
        else
            c->zoom = fmin(2, c->zoom * 1.2);
        understood(said, "closer");
    } else if (cr_word_in(word->text, "wider farther further back distant away")) {
        if (c->framing > CR_FRAMING_WIDE)
            c->framing = (cr_framing)(c->framing - 1);
        else
            c->zoom = fmax(0.5, c->zoom / 1.2);
        understood(said, "wider");
    } else if (cr_word_in(word->text, "warmer warm cosier cosy cozy")) {
        c->warmth = fmin(1, c->warmth + 0.45);
        understood(said, "warmer");
    } else if (cr_word_in(word->text, "cooler colder cool cold")) {
        c->warmth = fmax(-1, c->warmth - 0.45);
        understood(said, "cooler");
    } else if (cr_word_in(word->text, "left right up down higher lower")) {
        bool is_across = cr_word_in(word->text, "left right");
        double step = cr_word_in(word->text, "left up higher") ? -0.12 : 0.12;
        double *shift = is_across ? &c->shift_x : &c->shift_y;
        *shift = fmin(0.3, fmax(-0.3, *shift + step));
        understood(said, is_across ? (step < 0 ? "moved left" : "moved right")
                                   : (step < 0 ? "moved up" : "moved down"));
    } else if (cr_word_in(word->text, "brighter lighter")) {
        if (c->daytime == CR_DAYTIME_NIGHT)
            c->daytime = CR_DAYTIME_DAWN;
        else
            c->daytime = CR_DAYTIME_DAY;
        understood(said, "brighter");
    } else if (cr_word_in(word->text, "darker")) {
        c->daytime = c->daytime == CR_DAYTIME_SUNSET ? CR_DAYTIME_NIGHT : CR_DAYTIME_SUNSET;
        understood(said, "darker");
    } else if (cr_word_in(word->text, "different another other again variation")) {
        c->seed = (c->seed * 6364136223 + 1442695) & 0xFFFFFFFFFFFF;
        understood(said, "another arrangement");
    } else {
        return false;
    }
    return true;
}

static void apply_setting(cr_composition *c, const cr_composition *seen, wish what, cr_str *said)
{
    bool is_off = what == WISH_REMOVE;
    if (seen->place && !is_off) {
        c->place = seen->place;
        understood(said, cr_place_name(c->place));
    }
    if (seen->daytime && !is_off) {
        c->daytime = seen->daytime;
        understood(said, cr_daytime_name(c->daytime));
    }
    if (seen->weather) {
        c->weather = is_off ? CR_WEATHER_CLEAR : seen->weather;
        if (c->weather == CR_WEATHER_SNOW) c->season = CR_SEASON_WINTER;
        if (is_off && c->season == CR_SEASON_WINTER && seen->weather == CR_WEATHER_SNOW)
            c->season = CR_SEASON_SUMMER;
        understood(said, is_off ? "clear weather" : cr_weather_name(c->weather));
    }
    if (seen->season && !is_off) {
        c->season = seen->season;
        if (c->season == CR_SEASON_WINTER && c->weather == CR_WEATHER_CLEAR)
            c->weather = CR_WEATHER_SNOW;
        if (c->season != CR_SEASON_WINTER && c->weather == CR_WEATHER_SNOW)
            c->weather = CR_WEATHER_CLEAR;
        understood(said, cr_season_name(c->season));
    }
    if (seen->framing && !is_off) {
        c->framing = seen->framing;
        understood(said, cr_framing_name(c->framing));
    }
}

// "bigger" with no thing behind it means what the picture is about.
static void apply_size_to_focal(cr_composition *c, wish what, cr_str *said)
{
    if ((what != WISH_BIGGER && what != WISH_SMALLER) || c->focal < 0) return;
    double factor = what == WISH_BIGGER ? 1.3 : 0.75;
    c->subjects[c->focal].size = fmin(3, fmax(0.3, c->subjects[c->focal].size * factor));
    understood(said, what == WISH_BIGGER ? "bigger" : "smaller");
}

char *cr_composition_note(cr_composition *c, const cr_lexicon *lexicon, const char *note)
{
    cr_text_words *words = cr_alloc(1, sizeof *words);
    cr_text_words_split(words, note);
    cr_str said = {0};
    wish what = WISH_NONE;
    bool is_used = true;
    for (int at = 0; at < words->count;) {
        const cr_text_word *word = &words->words[at];
        cr_match match;
        bool is_thing =
            cr_lexicon_match(lexicon, words, at, &match) && match.sureness >= CR_SURENESS_WEAK;
        cr_composition seen = {0};
        int setting = cr_setting_match(words, at, &seen);
        wish next = wish_of(word, what);
        if (next != what && !setting) {
            what = next;
            is_used = false;
            at++;
        } else if (setting >= 1 && !(is_thing && match.words > setting)) {
            apply_setting(c, &seen, what, &said);
            is_used = true;
            at += setting;
        } else if (is_thing) {
            apply_to_subject(c, &match, what, &said);
            is_used = true;
            at += match.words;
        } else {
            apply_framing(c, word, &said);
            at++;
        }
        if (at > 0 && words->words[at - 1].ends_clause) {
            if (!is_used) apply_size_to_focal(c, what, &said);
            what = WISH_NONE;
            is_used = true;
        }
    }
    if (!is_used) apply_size_to_focal(c, what, &said);
    cr_free(words);
    if (!said.length)
        cr_str_add(&said, "nothing in the note that the built-in painter knows how to do");
    return cr_str_take(&said);
}
