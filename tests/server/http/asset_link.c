// Addresses of assets that need no session: good for what was signed, until then, and nothing else.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/asset_link.h"

static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char other[] = "0a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
enum { NOON = 1700000000 };

static cr_asset_links *open_links(const char *path)
{
    cr_asset_links *links = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_asset_links_open(&links, path, &fault), CR_OK);
    return links;
}

static void a_link_is_good_until_it_runs_out(void **state)
{
    (void)state;
    cr_asset_links *links = open_links(NULL);
    char signature[CR_ASSET_LINK_SIGNATURE_BYTES];
    cr_asset_link_sign(links, &(cr_asset_link){.key = abc, .expires = NOON}, signature);
    assert_true(cr_asset_link_is_good(links, abc, "1700000000", false, signature, NOON - 1));
    assert_true(cr_asset_link_is_good(links, abc, "1700000000", false, signature, NOON));
    assert_false(cr_asset_link_is_good(links, abc, "1700000000", false, signature, NOON + 1));
    cr_asset_links_close(&links);
}

static void nothing_of_it_can_be_changed(void **state)
{
    (void)state;
    cr_asset_links *links = open_links(NULL);
    char signature[CR_ASSET_LINK_SIGNATURE_BYTES];
    cr_asset_link_sign(links, &(cr_asset_link){.key = abc, .expires = NOON}, signature);
    assert_false(cr_asset_link_is_good(links, other, "1700000000", false, signature, NOON));
    assert_false(cr_asset_link_is_good(links, abc, "1700000001", false, signature, NOON));
    assert_false(cr_asset_link_is_good(links, abc, "1700000000", true, signature, NOON));
    static const char *const never[] = {
        "", "-1", "1700000000x", " 1700000000", "9999999999999", "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_false(cr_asset_link_is_good(links, abc, never[i], false, signature, NOON));
    assert_false(cr_asset_link_is_good(links, abc, NULL, false, signature, NOON));
    assert_false(cr_asset_link_is_good(links, abc, "1700000000", false, NULL, NOON));
    assert_false(cr_asset_link_is_good(links, abc, "1700000000", false, "", NOON));
    assert_false(cr_asset_link_is_good(links, "../secret", "1700000000", false, signature, NOON));
    for (size_t i = 0; i < CR_ASSET_LINK_SIGNATURE_BYTES - 1; i++) {
        char forged[CR_ASSET_LINK_SIGNATURE_BYTES];
        memcpy(forged, signature, sizeof forged);
        forged[i] = forged[i] == '0' ? '1' : '0';
        assert_false(cr_asset_link_is_good(links, abc, "1700000000", false, forged, NOON));
    }
    cr_asset_links_close(&links);
}

static void the_secret_is_kept_for_one_alone(void **state)
{
    (void)state;
    char folder[] = "links-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = cr_format("%s/secret", folder);
    char first[CR_ASSET_LINK_SIGNATURE_BYTES], second[CR_ASSET_LINK_SIGNATURE_BYTES];
    const cr_asset_link link = {.key = abc, .expires = NOON};
    cr_asset_links *links = open_links(path);
    cr_asset_link_sign(links, &link, first);
    cr_asset_links_close(&links);
    links = open_links(path);
    cr_asset_link_sign(links, &link, second);
    cr_asset_links_close(&links);
    assert_string_equal(first, second);
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);

    cr_fault fault = {0};
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(cr_asset_links_open(&links, path, &fault), CR_DENIED);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(truncate(path, 63), 0);
    assert_int_equal(cr_asset_links_open(&links, path, &fault), CR_CORRUPT);
    assert_null(links);
    // A new one ends the links of the old one.
    assert_int_equal(unlink(path), 0);
    links = open_links(path);
    assert_false(cr_asset_link_is_good(links, abc, "1700000000", false, first, NOON));
    cr_asset_links_close(&links);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    cr_free(path);
}

static void an_address_says_what_it_is_for(void **state)
{
    (void)state;
    cr_asset_links *links = open_links(NULL);
    const cr_asset_link link = {.key = abc, .expires = NOON, .is_download = true};
    char signature[CR_ASSET_LINK_SIGNATURE_BYTES];
    cr_asset_link_sign(links, &link, signature);
    char *address = cr_asset_link_print(links, &link);
    char *wanted =
        cr_format("/asset/%s?expires=1700000000&download=1&signature=%s", abc, signature);
    assert_string_equal(address, wanted);
    cr_free(wanted);
    cr_free(address);
    cr_asset_links_close(&links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_is_good_until_it_runs_out),
        cmocka_unit_test(nothing_of_it_can_be_changed),
        cmocka_unit_test(the_secret_is_kept_for_one_alone),
        cmocka_unit_test(an_address_says_what_it_is_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
