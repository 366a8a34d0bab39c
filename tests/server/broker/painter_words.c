// The painter's reading: words become the right things, never the wrong ones.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "picture_maker.h"

static picture_words words;

static int open_words(void **state)
{
    (void)state;
    picture_words_open(&words);
    return 0;
}

static int close_words(void **state)
{
    (void)state;
    picture_words_close(&words);
    return 0;
}

static void phrases_find_their_illustrations(void **state)
{
    (void)state;
    static const struct {
        const char *visual, *icon;
    } table[] = {
        {"a honeybee landing on bright sunflowers", "honeybee"},
        {"a honeybee landing on bright sunflowers", "sunflower"},
        {"bees over a field", "honeybee"},
        {"an alarm clock on a bedside table", "alarm-clock"},
        {"two children in the park", "child"},
        {"grandmother watering the plants", "old-woman"},
        {"a little fox at night", "fox"},
        {"wolves in the snow", "wolf"},
        {"fresh loaves of bread", "bread"},
        {"a bowl of ramen", "steaming-bowl"},
        {"the baker kneads dough", "cook"},
        {"a rocket on the launch pad", "rocket"},
        {"a syringe with the vaccine", "syringe"},
        {"a scientist at the microscope", "microscope"},
        {"a lighthouse above the rocks", "lighthouse"},
        {"hot air balloons over a valley", "hot-air-balloon"},
        {"a wind turbine on a hill", "wind-turbine"},
        {"mice in the barn", "mouse"},
        {"a sailing boat at sea", "sailboat"},
        {"leaves in autumn, a squirrel", "chipmunk"},
        {"an electric bike on the street", "bicycle"},
        {"a glass prism in a beam of light", "prism"},
        {"coins in a jar", "coin"},
        {"a woman reading a book", "open-book"},
        {"a red apple on the desk", "red-apple"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(table); i++) {
        cr_composition c = picture_read(&words, table[i].visual, "medium");
        if (!picture_has(&c, table[i].icon)) {
            char *alt = cr_composition_alt(&c);
            fail_msg("'%s' has no %s: %s", table[i].visual, table[i].icon, alt);
        }
    }
}

static void wrong_senses_are_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *visual, *icon;
    } table[] = {
        {"birds fly over the hills", "fly"},
        {"watch the sun go down", "watch"},
        {"the sun rose over the sea", "rose"},
        {"bear in mind the cost, a coin", "bear"},
        {"an orange sky above a boat", "tangerine"},
        {"people train hard every day", "train"},
        {"on the other hand, a dog", "palms-up-together"},
        {"a dog park", "car"},
        {"the heart of the city", "red-heart"},
        {"a train of thought, a book", "locomotive"},
        {"in the light of day a cat", "light-bulb"},
        {"seal the jar with a lid", "seal"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(table); i++) {
        cr_composition c = picture_read(&words, table[i].visual, "medium");
        if (picture_has(&c, table[i].icon))
            fail_msg("'%s' must not show %s", table[i].visual, table[i].icon);
    }
}

static void negated_things_are_left_out(void **state)
{
    (void)state;
    cr_composition c = picture_read(&words, "a cat without a dog", "medium");
    assert_true(picture_has(&c, "cat"));
    assert_false(picture_has(&c, "dog"));
    c = picture_read(&words, "an empty road, no cars, a bicycle", "wide");
    assert_true(picture_has(&c, "bicycle"));
    assert_false(picture_has(&c, "automobile"));
}

static void counts_are_kept(void **state)
{
    (void)state;
    cr_composition c = picture_read(&words, "five ducks and one swan on a lake", "wide");
    assert_int_equal(picture_count(&c, "duck"), 5);
    assert_int_equal(picture_count(&c, "swan"), 1);
    c = picture_read(&words, "a swarm of bees", "wide");
    assert_true(picture_count(&c, "honeybee") >= 6);
    c = picture_read(&words, "999999999999999999999 bees", "wide");
    assert_in_range(picture_count(&c, "honeybee"), 1, CR_SUBJECT_COUNT_MAX);
}

static void places_hours_and_weather_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *visual;
        cr_place place;
        cr_daytime daytime;
        cr_weather weather;
    } table[] = {
        {"a fox at night in the forest", CR_PLACE_FOREST, CR_DAYTIME_NIGHT, CR_WEATHER_CLEAR},
        {"a bakery at dawn", CR_PLACE_BAKERY, CR_DAYTIME_DAWN, CR_WEATHER_CLEAR},
        {"a lighthouse in a storm", CR_PLACE_SEA, CR_DAYTIME_DAY, CR_WEATHER_STORM},
        {"a camel crossing the dunes", CR_PLACE_DESERT, CR_DAYTIME_DAY, CR_WEATHER_CLEAR},
        {"a boat at sunset on the sea", CR_PLACE_SEA, CR_DAYTIME_SUNSET, CR_WEATHER_CLEAR},
        {"an astronaut on Mars", CR_PLACE_PLANET, CR_DAYTIME_DAY, CR_WEATHER_CLEAR},
        {"a rocket on its way to Mars", CR_PLACE_SPACE, CR_DAYTIME_NIGHT, CR_WEATHER_CLEAR},
        {"a penguin in the snow", CR_PLACE_SNOW, CR_DAYTIME_DAY, CR_WEATHER_SNOW},
        {"a cyclist in the rain in the city", CR_PLACE_CITY, CR_DAYTIME_DAY, CR_WEATHER_RAIN},
        {"an octopus", CR_PLACE_UNDERWATER, CR_DAYTIME_DAY, CR_WEATHER_CLEAR},
        {"a microscope", CR_PLACE_LABORATORY, CR_DAYTIME_DAY, CR_WEATHER_CLEAR},
    };
    for (size_t i = 0; i < CR_COUNT_OF(table); i++) {
        cr_composition c = picture_read(&words, table[i].visual, "medium");
        if (c.place != table[i].place || c.daytime != table[i].daytime ||
            c.weather != table[i].weather)
            fail_msg("'%s' gave %s, %s, %s", table[i].visual, cr_place_name(c.place),
                     cr_daytime_name(c.daytime), cr_weather_name(c.weather));
    }
}

static void shots_frame(void **state)
{
    (void)state;
    assert_int_equal(picture_read(&words, "a cat", "close-up").framing, CR_FRAMING_CLOSE);
    assert_int_equal(picture_read(&words, "a cat", "wide shot").framing, CR_FRAMING_WIDE);
    assert_int_equal(picture_read(&words, "a cat", "").framing, CR_FRAMING_MEDIUM);
    assert_int_equal(picture_read(&words, "close-up of a cat", "").framing, CR_FRAMING_CLOSE);
}

static void the_subject_comes_before_its_surroundings(void **state)
{
    (void)state;
    cr_composition c = picture_read(&words, "in front of a castle stands a horse", "medium");
    assert_string_equal(c.subjects[c.focal].icon, "horse");
    c = picture_read(&words, "a honeybee on a sunflower", "medium");
    assert_string_equal(c.subjects[c.focal].icon, "honeybee");
    assert_int_equal(c.subjects[1].relation, CR_RELATION_ON);
    assert_int_equal(c.subjects[1].other, 0);
}

static void odd_text_does_no_harm(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "....",
        "\xF0\x9F\x90\x9D",
        "\xC3\x28\xFF\xFE",
        "-- -- '' ''s s's",
        "夜の森の狐",
        "a a a a a a",
        "without",
        "no",
        "999999999999999999999 0 -1",
    };
    for (size_t i = 0; i < CR_COUNT_OF(texts); i++) {
        cr_composition c = picture_read(&words, texts[i], texts[i]);
        assert_in_range(c.place, 1, CR_PLACE_COUNT - 1);
    }
    size_t size = 100000;
    char *huge = cr_alloc(size + 1, 1);
    memset(huge, 'x', size);
    picture_read(&words, huge, "");
    for (size_t i = 0; i < size; i++)
        huge[i] = "bee "[i % 4];
    assert_true(picture_read(&words, huge, "").subject_count > 0);
    cr_free(huge);
}

static cr_composition noted(const char *visual, const char *note, const char *said)
{
    cr_composition c = picture_read(&words, visual, "medium");
    char *answer = cr_composition_note(&c, words.lexicon, note);
    if (!strstr(answer, said)) fail_msg("'%s' was understood as '%s'", note, answer);
    cr_free(answer);
    return c;
}

static void notes_change_what_they_name(void **state)
{
    (void)state;
    const char *visual = "a honeybee on a sunflower in a meadow";
    assert_int_equal(noted(visual, "closer", "closer").framing, CR_FRAMING_CLOSE);
    assert_int_equal(noted(visual, "wider please", "wider").framing, CR_FRAMING_WIDE);
    assert_int_equal(noted(visual, "at night", "night").daytime, CR_DAYTIME_NIGHT);
    assert_int_equal(noted(visual, "make it at sunset", "sunset").daytime, CR_DAYTIME_SUNSET);
    assert_int_equal(noted(visual, "in winter", "winter").weather, CR_WEATHER_SNOW);
    cr_composition c = noted(visual, "without the bee", "without honeybee");
    assert_false(picture_has(&c, "honeybee"));
    assert_string_equal(c.subjects[c.focal].icon, "sunflower");
    c = noted(visual, "add a butterfly", "with butterfly");
    assert_true(picture_has(&c, "butterfly"));
    assert_true(picture_has(&c, "honeybee"));
    assert_int_equal(picture_count(&c, "butterfly"), 1);
    c = noted(visual, "more sunflowers", "more sunflower");
    assert_int_equal(picture_count(&c, "sunflower"), 2);
    assert_true(noted(visual, "warmer", "warmer").warmth > 0.2);
    assert_true(noted(visual, "move it left", "left").shift_x < 0);
    c = noted(visual, "bigger", "bigger");
    assert_true(c.subjects[c.focal].size > 1.2);
    c = noted(visual, "a smaller sunflower", "smaller sunflower");
    assert_true(c.subjects[1].size < 0.9);
    c = noted(visual, "at night, without the bee, closer", "night, without honeybee, closer");
    assert_int_equal(c.daytime, CR_DAYTIME_NIGHT);
    noted(visual, "qwertz uiop", "nothing in the note");
}

static void a_composition_survives_json(void **state)
{
    (void)state;
    cr_composition before = picture_read(&words, "five ducks on a lake at dawn, a swan", "wide");
    char *answer = cr_composition_note(&before, words.lexicon, "bigger swan, warmer, move right");
    cr_free(answer);
    cJSON *spec = cr_composition_print(&before);
    cr_composition after;
    cr_fault fault = {0};
    assert_int_equal(cr_composition_parse(&after, spec, words.icons, NULL, &fault), CR_OK);
    cJSON *again = cr_composition_print(&after);
    assert_true(cJSON_Compare(spec, again, true));
    cJSON_Delete(spec);
    cJSON_Delete(again);
}

static void a_bad_composition_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
    } table[] = {
        {"[]", ""},
        {"{}", "/place"},
        {"{\"place\":\"nowhere\"}", "/place"},
        {"{\"place\":\"meadow\",\"subjects\":[{\"icon\":\"fox\"},{\"icon\":\"nothing\"}]}",
         "/subjects/1/icon"},
        {"{\"place\":\"meadow\",\"subjects\":[{}]}", "/subjects/0/icon"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(table); i++) {
        cJSON *spec = cJSON_Parse(table[i].text);
        cr_composition out;
        cr_fault fault = {0};
        assert_int_equal(cr_composition_parse(&out, spec, words.icons, NULL, &fault), CR_INVALID);
        assert_string_equal(fault.where, table[i].where);
        cJSON_Delete(spec);
    }
}

static void every_thing_has_its_illustration(void **state)
{
    (void)state;
    static const cr_thing_entry *const tables[] = {cr_things_nature, cr_things_people,
                                                   cr_things_objects, cr_things_places};
    for (size_t t = 0; t < CR_COUNT_OF(tables); t++)
        for (const cr_thing_entry *thing = tables[t]; thing->icon; thing++) {
            assert_true(thing->cm > 0);
            cr_icon icon;
            cr_icon_style style = {.body = thing->body};
            if (cr_icon_open(&icon, words.icons, thing->icon, &style) != CR_OK)
                fail_msg("%s cannot be drawn", thing->icon);
            cr_icon_close(&icon);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_find_their_illustrations),
        cmocka_unit_test(wrong_senses_are_left_out),
        cmocka_unit_test(negated_things_are_left_out),
        cmocka_unit_test(counts_are_kept),
        cmocka_unit_test(places_hours_and_weather_are_read),
        cmocka_unit_test(shots_frame),
        cmocka_unit_test(the_subject_comes_before_its_surroundings),
        cmocka_unit_test(odd_text_does_no_harm),
        cmocka_unit_test(notes_change_what_they_name),
        cmocka_unit_test(a_composition_survives_json),
        cmocka_unit_test(a_bad_composition_is_refused_with_its_place),
        cmocka_unit_test(every_thing_has_its_illustration),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
