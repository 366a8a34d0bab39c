// From where somebody comes, past a server in front, and with what.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "http/device.h"
#include "http/forwarded.h"

static void only_the_server_in_front_is_believed(void **state)
{
    (void)state;
    static const struct {
        const char *peer, *forwarded, *proxy, *address;
    } cases[] = {
        {NULL, "192.0.2.9", "127.0.0.1", ""},
        {"192.0.2.1", NULL, NULL, "192.0.2.1"},
        {"192.0.2.1", "192.0.2.9", NULL, "192.0.2.1"},
        {"192.0.2.1", "192.0.2.9", "127.0.0.1", "192.0.2.1"},
        {"127.0.0.1", "192.0.2.9", "127.0.0.1", "192.0.2.9"},
        // What stood there before came from whoever asks.
        {"127.0.0.1", "10.0.0.1, 192.0.2.9", "127.0.0.1", "192.0.2.9"},
        {"127.0.0.1", "10.0.0.1,192.0.2.9 ", "127.0.0.1", "192.0.2.9"},
        // A network of IPv6 is one person's.
        {"127.0.0.1", "2001:db8:1:2:3:4:5:6", "127.0.0.1", "2001:db8:1:2::"},
        {"127.0.0.1", "[2001:db8:1:2::9]:443", "127.0.0.1", "2001:db8:1:2::"},
        {"127.0.0.1", "::ffff:192.0.2.9", "127.0.0.1", "192.0.2.9"},
        {"127.0.0.1", NULL, "127.0.0.1", ""},
        {"127.0.0.1", "", "127.0.0.1", ""},
        {"127.0.0.1", "unknown", "127.0.0.1", ""},
        {"127.0.0.1", "192.0.2.9, ", "127.0.0.1", ""},
    };
    for (size_t i = 0; i < CR_COUNT_OF(cases); i++) {
        char address[CR_FORWARDED_BYTES];
        memset(address, 'x', sizeof address);
        cr_forwarded_address(cases[i].peer, cases[i].forwarded, cases[i].proxy, address);
        assert_string_equal(address, cases[i].address);
    }
}

static void a_device_is_named_by_words_of_ours(void **state)
{
    (void)state;
    static const struct {
        const char *field, *name;
    } cases[] = {
        {NULL, ""},
        {"", ""},
        {"<b>hello</b>", ""},
        {"curl/8.5.0", "curl"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox, Linux"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/139.0.0.0 Mobile Safari/537.36",
         "Chrome, Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
         "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
         "Safari, iPhone"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/18.0 Safari/605.1.15",
         "Safari, macOS"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(cases); i++) {
        char name[CR_DEVICE_BYTES];
        cr_device_name(cases[i].field, name);
        assert_string_equal(name, cases[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_server_in_front_is_believed),
        cmocka_unit_test(a_device_is_named_by_words_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
