// English words and prompts, small and exact.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "broker/writer/phrase.h"
#include "broker/writer/prompt.h"

static void plurals_follow_rule_and_exception(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"bee", "bees"},
        {"fox", "foxes"},
        {"city", "cities"},
        {"boy", "boys"},
        {"child", "children"},
        {"leaf", "leaves"},
        {"mouse", "mice"},
        {"sheep", "sheep"},
        {"church", "churches"},
        {"potato", "potatoes"},
        {"little fox", "little foxes"},
        {"lighthouse", "lighthouses"},
        {"virus", "viruses"},
    };
    cr_scrap scrap = {0};
    for (size_t i = 0; i < CR_COUNT_OF(pairs); i++) {
        assert_string_equal(cr_word_plural(&scrap, pairs[i][0]), pairs[i][1]);
        assert_string_equal(cr_word_singular(&scrap, pairs[i][1]), pairs[i][0]);
    }
    assert_true(cr_word_is_plural("bees"));
    assert_false(cr_word_is_plural("glass"));
    assert_false(cr_word_is_plural("physics"));
    assert_false(cr_word_is_plural("Mars"));
    cr_scrap_free(&scrap);
}

static void articles_go_by_sound(void **state)
{
    (void)state;
    static const char *const an[] = {"apple",      "hour",  "elephant",
                                     "honest fox", "X-ray", "8-year-old"};
    static const char *const a[] = {"bee", "unicorn", "European city", "one-eyed cat", "UV lamp"};
    for (size_t i = 0; i < CR_COUNT_OF(an); i++)
        assert_string_equal(cr_word_article(an[i]), "an");
    for (size_t i = 0; i < CR_COUNT_OF(a); i++)
        assert_string_equal(cr_word_article(a[i]), "a");
}

static void verbs_bend(void **state)
{
    (void)state;
    static const char *const past[][2] = {
        {"is", "was"},      {"wants", "wanted"}, {"loves", "loved"},   {"cannot", "could not"},
        {"tries", "tried"}, {"finds", "found"},  {"stops", "stopped"}, {"bakes", "baked"},
    };
    cr_scrap scrap = {0};
    for (size_t i = 0; i < CR_COUNT_OF(past); i++)
        assert_string_equal(cr_verb_past(&scrap, past[i][0]), past[i][1]);
    assert_string_equal(cr_verb_ing(&scrap, "repot"), "repotting");
    assert_string_equal(cr_verb_ing(&scrap, "bake"), "baking");
    assert_string_equal(cr_verb_ing(&scrap, "tie"), "tying");
    assert_string_equal(cr_verb_base(&scrap, "opens"), "open");
    assert_string_equal(cr_verb_base(&scrap, "has"), "have");
    cr_scrap_free(&scrap);
}

static void titles_have_capitals_where_they_belong(void **state)
{
    (void)state;
    cr_scrap scrap = {0};
    assert_string_equal(cr_title_case(&scrap, "how bees find flowers"), "How Bees Find Flowers");
    assert_string_equal(cr_title_case(&scrap, "the history of the lighthouse"),
                        "The History of the Lighthouse");
    cr_scrap_free(&scrap);
}

static void text_is_tidied(void **state)
{
    (void)state;
    cr_scrap scrap = {0};
    assert_string_equal(cr_text_tidy(&scrap, "once there was a old owl.  it  saw an fox ."),
                        "Once there was an old owl. It saw a fox.");
    assert_string_equal(cr_text_tidy(&scrap, "vitamin A is good. a hour"),
                        "Vitamin A is good. An hour");
    cr_scrap_free(&scrap);
}

static void slots_and_choices_are_filled(void **state)
{
    (void)state;
    cr_scrap scrap = {0};
    cr_slots slots = {0};
    cr_slots_set(&slots, "name", "Milo");
    assert_string_equal(cr_phrase_fill(&scrap, "{name} [ran|ran] home.", &slots), "Milo ran home.");
    assert_null(cr_phrase_fill(&scrap, "{unknown} went home.", &slots));
    cr_scrap_free(&scrap);
}

static void prompts_are_understood(void **state)
{
    (void)state;
    cr_scrap scrap = {0};
    cr_prompt bees = cr_prompt_read(&scrap, "How bees find flowers, for curious ten-year-olds");
    assert_int_equal(bees.shape, CR_SHAPE_EXPLAINER);
    assert_string_equal(bees.topic, "bees");
    assert_string_equal(bees.predicate, "find flowers");
    assert_string_equal(bees.audience, "curious ten-year-olds");
    assert_true(bees.is_for_children);
    cr_prompt fox =
        cr_prompt_read(&scrap, "A bedtime story about a little fox who is afraid of the dark");
    assert_int_equal(fox.shape, CR_SHAPE_STORY);
    assert_string_equal(fox.noun, "little fox");
    assert_string_equal(fox.clause, "is afraid of the dark");
    cr_prompt shop =
        cr_prompt_read(&scrap, "An advert for a neighbourhood bakery that opens at dawn");
    assert_int_equal(shop.shape, CR_SHAPE_ADVERT);
    assert_string_equal(shop.noun, "neighbourhood bakery");
    assert_string_equal(shop.clause, "opens at dawn");
    cr_prompt pot = cr_prompt_read(&scrap, "How to repot a houseplant in five steps");
    assert_int_equal(pot.shape, CR_SHAPE_HOWTO);
    assert_string_equal(pot.task, "repot a houseplant");
    assert_int_equal(pot.steps, 5);
    cr_prompt wish = cr_prompt_read(&scrap, "A birthday message for grandma who loves gardening");
    assert_int_equal(wish.shape, CR_SHAPE_GREETING);
    assert_string_equal(wish.person, "grandma who loves gardening");
    cr_prompt rail = cr_prompt_read(&scrap, "Die Geschichte der Eisenbahn");
    assert_int_equal(rail.language, CR_LANGUAGE_GERMAN);
    cr_prompt teens = cr_prompt_read(&scrap, "How vaccines work, for 15-year-olds");
    assert_false(teens.is_for_children);
    cr_scrap_free(&scrap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plurals_follow_rule_and_exception),
        cmocka_unit_test(articles_go_by_sound),
        cmocka_unit_test(verbs_bend),
        cmocka_unit_test(titles_have_capitals_where_they_belong),
        cmocka_unit_test(text_is_tidied),
        cmocka_unit_test(slots_and_choices_are_filled),
        cmocka_unit_test(prompts_are_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
