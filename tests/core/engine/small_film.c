#include "small_film.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "corpus.h"
#include "project/project_json.h"

cr_project *small_film(int seconds, const char *rate)
{
    return small_film_coded(seconds, rate, "-c:v ffv1");
}

cr_project *small_film_coded(int seconds, const char *rate, const char *coding)
{
    // Slashes and blanks have no place in a file's name.
    char *name =
        cr_format("film-%d-%d-%s.mkv", seconds, (int)strlen(rate), strrchr(coding, ' ') + 1);
    char *arguments =
        cr_format("-f lavfi -i testsrc2=s=64x48:r=%s:d=%d -f lavfi -i "
                  "sine=440:r=48000:d=%d %s -pix_fmt yuv420p -c:a pcm_s16le -vf "
                  "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv",
                  rate, seconds, seconds, coding);
    const char *path = corpus_file(name, arguments);
    long long length = seconds * CR_TICKS_PER_SECOND;
    char *text = cr_format(
        "{\"version\": 1, \"title\": \"Small\", \"settings\": {\"width\": 64, \"height\": 48, "
        "\"frame_rate\": \"%s\"}, \"assets\": [{\"id\": \"a\", \"uri\": \"%s\", \"duration\": "
        "%lld}], \"sequences\": [{\"id\": \"film\", \"tracks\": ["
        "{\"id\": \"v\", \"kind\": \"video\", \"clips\": [{\"id\": \"c1\", \"kind\": \"media\", "
        "\"asset\": \"a\", \"start\": 0, \"duration\": %lld}]}, "
        "{\"id\": \"s\", \"kind\": \"audio\", \"clips\": [{\"id\": \"c2\", \"kind\": \"media\", "
        "\"asset\": \"a\", \"start\": 0, \"duration\": %lld}]}]}]}",
        rate, path, length, length, length);
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&project, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_free(text);
    cr_free(arguments);
    cr_free(name);
    return project;
}

cr_export_desc small_wishes(const char *output)
{
    return (cr_export_desc){.output = output, .speed = "ultrafast", .is_exact = true};
}

void small_folder_clear(const char *folder)
{
    char *command = cr_format("rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    cr_free(command);
}

bool small_files_equal(const char *one, const char *other)
{
    char *command = cr_format("cmp -s %s %s", one, other);
    int result = system(command);
    cr_free(command);
    return result == 0;
}
