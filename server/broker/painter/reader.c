// flow: words -> composition
#include "broker/painter/composition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "broker/painter/dice.h"

// A thing that was found, before it is known whether it stays.
typedef struct finding {
    cr_match match;
    int at; // index of its first word
    int count;
    cr_relation relation;
    int other; // index of a finding
    double weight;
    bool is_dropped;
} finding;

enum { FINDINGS_MAX = 40, LOOK_BACK = 4 };

typedef struct reading {
    const cr_lexicon *lexicon;
    cr_text_words words;
    int count;
    finding findings[FINDINGS_MAX];
} reading;

static const char determiners[] =
    " a an the this that his her its their our my your one two three four five six seven eight "
    "nine "
    "ten some many several few every each another no little big small tiny large huge old young "
    "red blue green yellow white black brown grey gray golden silver pink purple orange wild cute "
    "friendly ripe fresh juicy sleepy brave giant colourful colorful beautiful lone single ";

static const char negations[] = " no without not never nor minus ";

static bool is_plain_noun(const reading *r, const cr_match *match, int at)
{
    const cr_text_word *word = &r->words.words[at];
    if (match->words > 1) return true;
    if (word->is_plural && match->sureness == CR_SURENESS_NOUN)
        return at == 0 || !cr_word_in(r->words.words[at - 1].text, "he she it who that which to");
    bool has_determiner = at > 0 && !r->words.words[at - 1].ends_clause &&
                          cr_word_in(r->words.words[at - 1].text, determiners);
    // "the orange sky", "a duck pond": it only tells what kind.
    bool is_followed = at + 1 < r->words.count && !word->ends_clause;
    cr_match next;
    if (is_followed && cr_lexicon_match(r->lexicon, &r->words, at + 1, &next) &&
        next.sureness >= CR_SURENESS_WEAK)
        return false;
    if (!strcmp(word->text, "orange") && is_followed &&
        !cr_word_in(r->words.words[at + 1].text, "and on in at with or is tree falls rolls"))
        return false;
    return has_determiner;
}

static bool is_negated(const reading *r, int at)
{
    for (int back = 1; back <= 3 && at - back >= 0; back++) {
        const cr_text_word *word = &r->words.words[at - back];
        if (word->ends_clause) return false;
        if (cr_word_in(word->text, negations)) return true;
        if (back >= 2 && cr_word_in(word->text, "instead rather")) return true;
        if (!cr_word_in(word->text, determiners) && !cr_word_in(word->text, "of than any more"))
            return false;
    }
    return false;
}

static int count_of(const reading *r, const cr_match *match, int at)
{
    static const char *const numbers[] = {"",    "one",   "two",   "three", "four", "five",
                                          "six", "seven", "eight", "nine",  "ten"};
    for (int back = 1; back <= 3 && at - back >= 0; back++) {
        const cr_text_word *word = &r->words.words[at - back];
        if (word->ends_clause) break;
        for (size_t n = 1; n < CR_COUNT_OF(numbers); n++)
            if (!strcmp(word->text, numbers[n])) return (int)n;
        long digits = strtol(word->text, NULL, 10);
        if (digits > 0 && back == 1)
            return digits > CR_SUBJECT_COUNT_MAX ? CR_SUBJECT_COUNT_MAX : (int)digits;
        if (cr_word_in(word->stem, "pair couple both")) return 2;
        if (cr_word_in(word->stem, "several few some group")) return 4;
        if (cr_word_in(word->stem, "many swarm flock herd school lot dozen hundred thousand row "
                                   "million crowd forest sea carpet field countless cluster"))
            return 8;
        if (cr_word_in(word->text, "a an the with and in on over")) break;
    }
    if (cr_word_in(r->words.words[at].stem, "family crowd audience team")) return 3;
    // The head of "nest with eggs" is the nest.
    int head = at + match->words - 1;
    for (int i = at + 1; i < at + match->words; i++)
        if (cr_word_in(r->words.words[i].text, "with of in")) {
            head = i - 1;
            break;
        }
    if (!r->words.words[head].is_plural && !r->words.words[at].is_plural) return 1;
    switch (match->thing->stand) {
    case CR_STAND_PLANT:
        return 5;
    case CR_STAND_TABLE:
        return 3;
    case CR_STAND_BUILDING:
    case CR_STAND_SYMBOL:
        return 2;
    case CR_STAND_AIR:
        return 4;
    default:
        return 3;
    }
}

// The preposition that ties the finding at word [at] to what came before.
static cr_relation relation_of(const reading *r, int at, bool *is_found)
{
    static const struct {
        const char *words;
        cr_relation relation;
    } ties[] = {
        {"on onto upon atop", CR_RELATION_ON},
        {"in inside within into from", CR_RELATION_IN},
        {"over above across past", CR_RELATION_OVER},
        {"under below beneath underneath", CR_RELATION_UNDER},
        {"behind", CR_RELATION_BEHIND},
        {"beside near by next with at around among between along against of to towards toward "
         "before",
         CR_RELATION_BESIDE},
    };
    *is_found = false;
    for (int back = 1; back <= LOOK_BACK && at - back >= 0; back++) {
        const cr_text_word *word = &r->words.words[at - back];
        if (word->ends_clause) break;
        for (size_t i = 0; i < CR_COUNT_OF(ties); i++)
            if (cr_word_in(word->text, ties[i].words)) {
                *is_found = true;
                return ties[i].relation;
            }
        if (cr_word_in(word->text, "and while as")) break;
    }
    return CR_RELATION_NONE;
}

static double weight_of(const finding *found, bool has_relation)
{
    double weight = 10 - 0.6 * found->at * 0.2;
    if (has_relation) weight -= 3;
    switch (found->match.thing->stand) {
    case CR_STAND_BUILDING:
        weight -= 1.5;
        break;
    case CR_STAND_SKY:
        weight -= 4;
        break;
    case CR_STAND_WALL:
        weight -= 3;
        break;
    case CR_STAND_PLANT:
        weight -= 0.6;
        break;
    case CR_STAND_FLOOR:
        weight -= 1;
        break;
    case CR_STAND_AIR:
    case CR_STAND_GROUND:
        weight += 0.8;
        break;
    default:
        break;
    }
    if (found->match.sureness == CR_SURENESS_WEAK) weight -= 3.5;
    if (found->match.sureness == CR_SURENESS_KEYWORD) weight -= 7;
    return weight;
}

static bool is_person(const char *icon)
{
    const cr_thing_entry *thing = cr_thing_by_icon(icon);
    return thing && (thing->body == CR_BODY_PERSON || thing->body == CR_BODY_SKIRT ||
                     thing->body == CR_BODY_CHILD);
}

static bool is_action(const cr_thing_entry *thing)
{
    bool is_pose = cr_text_starts(thing->icon, "person-") || cr_text_ends(thing->icon, "-dancing");
    return is_pose && thing->body == CR_BODY_NONE &&
           (thing->stand == CR_STAND_GROUND || thing->stand == CR_STAND_WATER);
}

// "walking" needs somebody who walks: a person before it takes the pose, an animal keeps its own.
static bool join_action(reading *r, const cr_match *match, int at)
{
    bool is_sleep = !strcmp(match->thing->icon, "zzz");
    if (!is_sleep && (!is_action(match->thing) || !cr_text_ends(r->words.words[at].text, "ing")))
        return false;
    for (int i = r->count - 1; i >= 0 && at - r->findings[i].at <= LOOK_BACK + 2; i--) {
        finding *who = &r->findings[i];
        if (is_person(who->match.thing->icon) && !is_sleep) {
            who->match.thing = match->thing;
            return true;
        }
        if (who->match.thing->stand == CR_STAND_GROUND || who->match.thing->stand == CR_STAND_AIR)
            return true;
    }
    return false;
}

static bool is_animal(const cr_thing_entry *thing)
{
    return (thing->stand == CR_STAND_GROUND || thing->stand == CR_STAND_AIR ||
            thing->stand == CR_STAND_UNDER || thing->stand == CR_STAND_WATER) &&
           (thing->body == CR_BODY_NONE || thing->body >= CR_BODY_FOX) && thing->cm < 1000;
}

// "an elephant and its baby", "a family of bears": more of the same.
static bool join_kin(reading *r, const cr_match *match, int at)
{
    const cr_text_word *word = &r->words.words[at];
    finding *last = r->count ? &r->findings[r->count - 1] : NULL;
    if (match->words > 1 || !last || last->is_dropped || !is_animal(last->match.thing))
        return false;
    bool is_next = last->at + last->match.words == at;
    if (cr_word_in(word->stem, "family") && is_next) {
        last->count = last->count > 3 ? last->count : 3;
        return true;
    }
    bool is_theirs = at > 0 && cr_word_in(r->words.words[at - 1].text, "its their her his");
    if (!cr_word_in(word->stem, "baby child kid") || !(is_theirs || is_next)) return false;
    last->count = last->count > 2 ? last->count : 2;
    return true;
}

// "hibiscus flowers", "an oak tree": the second word only says what the first one is.
static bool join_family_name(reading *r, const cr_match *match, int at)
{
    finding *last = r->count ? &r->findings[r->count - 1] : NULL;
    bool is_general = cr_word_in(r->words.words[at].stem, "flower tree plant bird face insect");
    if (at > 0 && r->words.words[at - 1].ends_clause) return false;
    if (!last || !is_general || match->words > 1 || last->is_dropped) return false;
    if (last->at + last->match.words != at || last->match.sureness < CR_SURENESS_SURE) return false;
    cr_stand a = last->match.thing->stand, b = match->thing->stand;
    bool is_kind = a == b || (a == CR_STAND_GROUND && b == CR_STAND_AIR);
    if (is_kind && r->words.words[at].is_plural && last->count < 3) last->count = 4;
    return is_kind;
}

static void add_finding(reading *r, const cr_match *match, int at)
{
    if (r->count == FINDINGS_MAX || join_action(r, match, at) || join_kin(r, match, at) ||
        join_family_name(r, match, at))
        return;
    // "apple pie": the first only says which kind.
    finding *last = r->count ? &r->findings[r->count - 1] : NULL;
    bool is_doing = cr_text_ends(r->words.words[at].text, "ing");
    if (last && !is_doing && match->sureness == CR_SURENESS_SURE &&
        last->at + last->match.words == at && !r->words.words[at - 1].ends_clause &&
        last->match.words == 1 && !r->words.words[at - 1].is_plural)
        last->is_dropped = true;
    finding *found = &r->findings[r->count];
    memset(found, 0, sizeof *found);
    bool has_relation;
    found->match = *match;
    found->at = at;
    found->count = count_of(r, match, at);
    found->relation = relation_of(r, at, &has_relation);
    found->other = -1;
    for (int i = r->count - 1; i >= 0 && has_relation; i--)
        if (!r->findings[i].is_dropped && r->findings[i].match.sureness > CR_SURENESS_KEYWORD) {
            found->other = i;
            break;
        }
    found->weight = weight_of(found, has_relation);
    r->count++;
}

static void read_text(reading *r, const char *text, cr_composition *out)
{
    cr_text_words_split(&r->words, text);
    for (int at = 0; at < r->words.count;) {
        int noise = cr_noise_match(&r->words, at);
        cr_composition ignored = {0};
        int setting = cr_setting_match(&r->words, at, is_negated(r, at) ? &ignored : out);
        cr_match match;
        bool is_found = cr_lexicon_match(r->lexicon, &r->words, at, &match);
        if (noise && noise >= setting && (!is_found || match.words < noise)) {
            at += noise > 1 ? noise - (r->words.words[at + noise - 1].ends_clause ? 0 : 1) : 1;
            if (noise == 1) continue;
            // The last word of "cup of" and its like is no thing; go on behind it.
            at++;
            continue;
        }
        bool is_good = is_found && !is_negated(r, at);
        if (is_good && match.sureness == CR_SURENESS_NOUN) is_good = is_plain_noun(r, &match, at);
        // A word of a place is a thing only when the vocabulary knows it well ("mountain").
        if (is_good && setting && match.sureness < CR_SURENESS_SURE) is_good = false;
        if (is_good && setting > match.words) is_good = false;
        if (is_good) add_finding(r, &match, at);
        int used = is_found && match.words > setting ? match.words : setting;
        at += used > 0 ? used : 1;
    }
}

static bool is_sky_body(const finding *found)
{
    const char *icon = found->match.thing->icon;
    return !strcmp(icon, "sun") || !strcmp(icon, "full-moon") || !strcmp(icon, "crescent-moon") ||
           !strcmp(icon, "star") || !strcmp(icon, "cloud");
}

// What is weak gives way to what is not; the sky's own bodies are painted with the sky.
static void thin_out(reading *r)
{
    int solid = 0, better = 0;
    for (int i = 0; i < r->count; i++) {
        const finding *found = &r->findings[i];
        if (found->is_dropped) continue;
        if (!is_sky_body(found) && found->match.sureness > CR_SURENESS_WEAK) solid++;
        if (found->match.sureness > CR_SURENESS_KEYWORD) better++;
    }
    for (int i = 0; i < r->count; i++) {
        finding *found = &r->findings[i];
        if (solid > 0 && is_sky_body(found)) found->is_dropped = true;
        if (better > 0 && found->match.sureness == CR_SURENESS_KEYWORD) found->is_dropped = true;
        if (solid > 1 && found->match.sureness == CR_SURENESS_WEAK) found->is_dropped = true;
        for (int k = 0; k < i; k++)
            if (!r->findings[k].is_dropped && !found->is_dropped &&
                !strcmp(r->findings[k].match.thing->icon, found->match.thing->icon)) {
                found->is_dropped = true;
                if (found->count > r->findings[k].count) r->findings[k].count = found->count;
                if (found->weight > r->findings[k].weight) r->findings[k].weight = found->weight;
            }
    }
}

static void take_findings(const reading *r, cr_composition *out, int room)
{
    int places[FINDINGS_MAX];
    double best = -100;
    for (int i = 0; i < r->count; i++) {
        const finding *found = &r->findings[i];
        places[i] = -1;
        if (found->is_dropped || out->subject_count >= room) continue;
        const cr_thing_entry *thing = found->match.thing;
        cr_subject *subject = &out->subjects[out->subject_count];
        *subject = (cr_subject){.stand = thing->stand,
                                .cm = thing->cm,
                                .body = thing->body,
                                .count = found->count,
                                .relation = found->relation,
                                .other = found->other >= 0 ? places[found->other] : -1,
                                .size = 1};
        snprintf(subject->icon, sizeof subject->icon, "%s", thing->icon);
        if (found->weight > best) {
            best = found->weight;
            out->focal = out->subject_count;
        }
        places[i] = out->subject_count++;
    }
}

// A flock is in the air.
static void raise_flocks(cr_composition *c)
{
    const cr_thing_entry *flying = cr_thing_by_icon("flying-bird");
    for (int i = 0; i < c->subject_count; i++) {
        cr_subject *subject = &c->subjects[i];
        if (!cr_word_in(subject->icon, "bird flying-bird") || subject->count < 2) continue;
        snprintf(subject->icon, sizeof subject->icon, "%s", flying->icon);
        subject->stand = flying->stand;
        subject->count = subject->count < 5 ? 5 : subject->count;
    }
}

// Hands hold what is with them.
static void join_hands(cr_composition *c)
{
    for (int i = 0; i < c->subject_count; i++) {
        if (strcmp(c->subjects[i].icon, "palms-up-together") != 0) continue;
        for (int k = 0; k < c->subject_count; k++) {
            cr_stand stand = c->subjects[k].stand;
            if (k == i ||
                (stand != CR_STAND_TABLE && stand != CR_STAND_PLANT && stand != CR_STAND_SYMBOL))
                continue;
            c->subjects[i].relation = CR_RELATION_ON;
            c->subjects[i].other = k;
            c->subjects[i].count = c->subjects[k].count = 1;
            c->focal = k;
            return;
        }
    }
}

static cr_place usual_place(const cr_composition *c)
{
    int symbols = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < c->subject_count; i++) {
            const cr_thing_entry *thing = cr_thing_by_icon(c->subjects[i].icon);
            bool is_focal = i == c->focal;
            if (c->subjects[i].stand == CR_STAND_SYMBOL) symbols++;
            if (thing && thing->place && (pass == 1 || is_focal)) return thing->place;
        }
    if (c->subject_count == 0) return CR_PLACE_COLORS;
    if (symbols > 0) return CR_PLACE_PAPER;
    if (c->subjects[c->focal].stand == CR_STAND_TABLE) return CR_PLACE_KITCHEN;
    if (c->subjects[c->focal].stand == CR_STAND_SKY) return CR_PLACE_SKY;
    return CR_PLACE_MEADOW;
}

// Words of place and things that cannot be together: the things decide.
static void settle_place(cr_composition *c, const char *visual)
{
    if (!c->place) c->place = usual_place(c);
    const cr_subject *focal = c->focal >= 0 ? &c->subjects[c->focal] : NULL;
    if (!focal) return;
    bool is_above = strstr(visual, "jump") || strstr(visual, "leap") || strstr(visual, "tail") ||
                    strstr(visual, "surface");
    for (int i = 0; i < c->subject_count; i++)
        if (c->subjects[i].stand == CR_STAND_WATER) is_above = true;
    if (focal->stand == CR_STAND_UNDER && c->place == CR_PLACE_SEA && !is_above)
        c->place = CR_PLACE_UNDERWATER;
    if (focal->stand == CR_STAND_WATER && c->place == CR_PLACE_UNDERWATER) c->place = CR_PLACE_SEA;
    if (c->place == CR_PLACE_PLANET && focal->stand == CR_STAND_ORBIT &&
        !strcmp(focal->icon, "rocket") && c->framing == CR_FRAMING_WIDE)
        c->place = CR_PLACE_SPACE;
}

static void settle(cr_composition *c, const cr_picture_wish *wish)
{
    settle_place(c, wish->visual ? wish->visual : "");
    if (!c->daytime) {
        cr_daytime usual = cr_palette_daytime(c->palette);
        bool is_gentle = c->place != CR_PLACE_SPACE && c->place != CR_PLACE_PAPER &&
                         c->place != CR_PLACE_COLORS && c->place != CR_PLACE_PLANET;
        c->daytime = is_gentle ? usual : CR_DAYTIME_DAY;
        if (c->place == CR_PLACE_SPACE) c->daytime = CR_DAYTIME_NIGHT;
    }
    if (!c->weather)
        c->weather = c->season == CR_SEASON_WINTER ? CR_WEATHER_SNOW : CR_WEATHER_CLEAR;
    if (!c->season) {
        c->season = CR_SEASON_SUMMER;
        if (!strcmp(c->palette, "autumn")) c->season = CR_SEASON_AUTUMN;
        if (!strcmp(c->palette, "snow")) c->season = CR_SEASON_WINTER;
    }
    if (c->weather == CR_WEATHER_SNOW) c->season = CR_SEASON_WINTER;
    if (!c->framing) c->framing = CR_FRAMING_MEDIUM;
    if (wish->mood && (strstr(wish->mood, "warm") || strstr(wish->mood, "cosy"))) c->warmth = 0.25;
}

static void read_shot(cr_composition *out, const char *shot)
{
    cr_text_words words;
    cr_text_words_split(&words, shot ? shot : "");
    for (int at = 0; at < words.count; at++) {
        cr_composition seen = {0};
        if (cr_setting_match(&words, at, &seen) && seen.framing && !out->framing)
            out->framing = seen.framing;
        if (!out->framing && cr_word_in(words.words[at].text, "close detail tight"))
            out->framing = CR_FRAMING_CLOSE;
    }
}

void cr_composition_read(cr_composition *out, const cr_lexicon *lexicon,
                         const cr_picture_wish *wish)
{
    *out = (cr_composition){.zoom = 1, .focal = -1, .is_presenter = wish->is_presenter};
    cr_dice dice = cr_dice_make((uint64_t)wish->seed,
                                1 + (uint64_t)wish->scene * 97 + (uint64_t)wish->variant * 7919);
    out->seed = (int64_t)(cr_dice_next(&dice) >> 16);
    out->cast = (int)((uint64_t)wish->seed % 9973);
    snprintf(out->palette, sizeof out->palette, "%s",
             cr_palette_exists(wish->palette) ? wish->palette : "meadow");
    read_shot(out, wish->shot);
    reading *r = cr_alloc(1, sizeof *r);
    r->lexicon = lexicon;
    read_text(r, wish->visual, out);
    thin_out(r);
    take_findings(r, out, CR_SUBJECTS_MAX - 2);
    if (out->subject_count == 0 && !wish->is_presenter && wish->title) {
        // Nothing in the visual has a picture: the film's own subject stands for it.
        memset(r, 0, sizeof *r);
        r->lexicon = lexicon;
        cr_composition ignored = *out;
        read_text(r, wish->title, &ignored);
        thin_out(r);
        take_findings(r, out, 2);
    }
    cr_free(r);
    join_hands(out);
    raise_flocks(out);
    settle(out, wish);
}
