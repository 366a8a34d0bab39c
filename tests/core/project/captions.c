#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "film.h"
#include "project/interchange_srt.h"

static cr_project *captioned(void)
{
    // 1.5 s and 3.25 s long, with words, and one that is off.
    return film_with("", "", "",
                     "{'id':'a','kind':'caption','start':705600000,'duration':1058400000,'text':"
                     "'Bees & <flowers>','words':[{'text':'Bees','start':0,'duration':100},"
                     "{'text':'<flowers>','start':352800000,'duration':100}]},"
                     "{'id':'t','kind':'title','start':1764000000,'duration':100,'text':'No'},"
                     "{'id':'o','kind':'caption','start':1764000100,'duration':100,'off':true,"
                     "'text':'No'},"
                     "{'id':'b','kind':'caption','start':2540160000000,'duration':2293200000,"
                     "'text':'Two\\n\\nlines'}");
}

static void captions_print_as_subrip(void **state)
{
    (void)state;
    cr_project *film = captioned();
    char *text = cr_captions_print_srt(cr_project_film(film));
    assert_string_equal(text, "1\n00:00:01,000 --> 00:00:02,500\nBees & <flowers>\n\n"
                              "2\n01:00:00,000 --> 01:00:03,250\nTwo\nlines\n\n");
    cr_free(text);
    cr_project_drop(&film);
}

static void captions_print_as_webvtt_with_times_of_words(void **state)
{
    (void)state;
    cr_project *film = captioned();
    char *text = cr_captions_print_vtt(cr_project_film(film));
    assert_string_equal(text, "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n"
                              "Bees &amp; <00:00:01.500>&lt;flowers&gt;\n\n"
                              "01:00:00.000 --> 01:00:03.250\nTwo\nlines\n\n");
    cr_free(text);
    cr_project_drop(&film);
}

// "id start+duration text | …" with times in milliseconds.
static void assert_reads(const char *text, const char *expected)
{
    cJSON *clips = NULL;
    cr_fault fault = {0};
    if (cr_captions_parse(&clips, text, strlen(text), "k", &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_str out = {0};
    for (const cJSON *clip = clips->child; clip; clip = clip->next) {
        const char *id = cJSON_GetObjectItem(clip, "id")->valuestring;
        cr_ticks start = (cr_ticks)cJSON_GetObjectItem(clip, "start")->valuedouble;
        cr_ticks duration = (cr_ticks)cJSON_GetObjectItem(clip, "duration")->valuedouble;
        cr_str_addf(&out, "%s%s %lld+%lld %s", clip == clips->child ? "" : " | ", id,
                    (long long)cr_ticks_to_milliseconds(start),
                    (long long)cr_ticks_to_milliseconds(duration),
                    cJSON_GetObjectItem(clip, "text")->valuestring);
    }
    assert_string_equal(cr_str_text(&out), expected);
    cr_str_free(&out);
    cJSON_Delete(clips);
}

static void files_from_the_wild_are_read(void **state)
{
    (void)state;
    assert_reads("1\n00:00:01,000 --> 00:00:02,500\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n",
                 "k1 1000+1500 One | k2 3000+1000 Two");
    // A byte order mark, CRLF, tags, dots, no numbers, no empty line at the end, positions.
    assert_reads("\xef\xbb\xbf"
                 "00:01.5 --> 00:02.25 X1:40\r\n<i>It's</i> {\\an8}<font color=\"#fff\">here</font>"
                 "\r\nagain\r\n\r\n\r\n00:00:03.000-->00:00:04.000\r\n5 < 6",
                 "k1 1500+750 It's here\nagain | k2 3000+1000 5 < 6");
    assert_reads("WEBVTT - title\nKind: captions\n\nSTYLE\n::cue { }\n\nNOTE\nnothing\n\nname\n"
                 "00:01.000 --> 00:02.000 align:start\n<v Ann>Tom &amp; <00:01.500>Ann &lt;3\n",
                 "k1 1000+1000 Tom & Ann <3");
    // Out of order, overlapping, empty.
    assert_reads("1\n00:00:05,000 --> 00:00:06,000\nB\n\n2\n00:00:01,000 --> 00:00:05,500\nA\n\n"
                 "3\n00:00:07,000 --> 00:00:08,000\n\n4\n00:00:09,000 --> 00:00:09,000\nnever\n\n",
                 "k1 1000+4000 A | k2 5000+1000 B");
}

static void what_is_printed_is_read_back(void **state)
{
    (void)state;
    cr_project *film = captioned();
    char *srt = cr_captions_print_srt(cr_project_film(film));
    char *vtt = cr_captions_print_vtt(cr_project_film(film));
    assert_reads(srt, "k1 1000+1500 Bees & <flowers> | k2 3600000+3250 Two\nlines");
    assert_reads(vtt, "k1 1000+1500 Bees & <flowers> | k2 3600000+3250 Two\nlines");
    cr_free(srt);
    cr_free(vtt);
    cr_project_drop(&film);
}

static void assert_refused(const char *text, const char *where, const char *says)
{
    cJSON *clips = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_captions_parse(&clips, text, strlen(text), "k", &fault), CR_INVALID);
    assert_null(clips);
    assert_string_equal(fault.where, where);
    if (!strstr(fault.text, says)) fail_msg("\"%s\" does not say \"%s\"", fault.text, says);
}

static void mistakes_are_named_by_line(void **state)
{
    (void)state;
    assert_refused("", "", "no captions");
    assert_refused("hello\nworld\n", "", "no captions");
    assert_refused("1\n00:00:01,000 --> later\nOne\n", "line 2", "not a line of times");
    assert_refused("1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:99,000 --> 00:01:00,000\nX",
                   "line 6", "not a line of times");
    assert_refused("1\n00:00:02,000 --> 00:00:01,000\nOne\n", "line 2", "ends before it begins");
    assert_refused("1\n00:00:01,000 --> 00:00:02,000\n\xff\n", "line 3", "UTF-8");
    assert_refused("999999999:00:00,000 --> 999999999:00:01,000\nX\n", "line 1", "times");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captions_print_as_subrip),
        cmocka_unit_test(captions_print_as_webvtt_with_times_of_words),
        cmocka_unit_test(files_from_the_wild_are_read),
        cmocka_unit_test(what_is_printed_is_read_back),
        cmocka_unit_test(mistakes_are_named_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
