// The HTTP client against a server of this test that answers wrongly on purpose.
#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "broker/http_client.h"

// What is sent to whoever asks for a path; the connection is closed after it. NULL: nothing ever.
static const struct {
    const char *path, *answer;
} answers[] = {
    {"/good", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Request-Id: r1\r\n\r\nhello"},
    {"/cut", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"},
    {"/busy", "HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nContent-Length: 2\r\n\r\n{}"},
    {"/moved", "HTTP/1.1 302 Found\r\nLocation: /good\r\nContent-Length: 0\r\n\r\n"},
    {"/dies", ""},
    {"/hangs", NULL},
};

typedef struct server {
    int listener;
    char url[64];
    pthread_t thread;
    char last[4096]; // the request that came last
    int count;
    int hanging;
} server;

static void answer(server *own, int connection)
{
    ssize_t size = recv(connection, own->last, sizeof own->last - 1, 0);
    own->last[size > 0 ? size : 0] = '\0';
    __atomic_add_fetch(&own->count, 1, __ATOMIC_SEQ_CST);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        char *line = cr_format(" %s ", answers[i].path);
        bool is_it = strstr(own->last, line) != NULL;
        cr_free(line);
        if (!is_it) continue;
        if (!answers[i].answer) {
            own->hanging = connection;
            return;
        }
        send(connection, answers[i].answer, strlen(answers[i].answer), MSG_NOSIGNAL);
    }
    close(connection);
}

static void *serve(void *cookie)
{
    server *own = cookie;
    for (int connection; (connection = accept(own->listener, NULL, NULL)) >= 0;)
        answer(own, connection);
    return NULL;
}

static server the_server;
static cr_http_client *client;

static int begin(void **state)
{
    (void)state;
    server *own = &the_server;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    own->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(own->listener, (struct sockaddr *)&at, sizeof at) || listen(own->listener, 8) ||
        getsockname(own->listener, (struct sockaddr *)&at, &size))
        return -1;
    snprintf(own->url, sizeof own->url, "http://127.0.0.1:%d", ntohs(at.sin_port));
    if (pthread_create(&own->thread, NULL, serve, own)) return -1;
    return cr_http_client_open(&client, "test", NULL) == CR_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    cr_http_client_close(&client);
    shutdown(the_server.listener, SHUT_RDWR);
    pthread_join(the_server.thread, NULL);
    close(the_server.listener);
    if (the_server.hanging) close(the_server.hanging);
    return 0;
}

static cr_status ask(const char *path, cr_http_request request, cr_http_answer *out,
                     cr_fault *fault)
{
    char *url = cr_format("%s%s", the_server.url, path);
    request.url = url;
    cr_status status = cr_http_ask(client, &request, out, fault);
    cr_free(url);
    return status;
}

static const cr_http_request plain = {.may_be_private = true};

static void a_good_answer(void **state)
{
    (void)state;
    cr_http_answer answer;
    assert_int_equal(ask("/good", plain, &answer, NULL), CR_OK);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "hello");
    assert_string_equal(answer.request_id, "r1");
    cr_http_answer_free(&answer);
    assert_int_equal(ask("/busy", plain, &answer, NULL), CR_OK);
    assert_int_equal(answer.status, 429);
    assert_int_equal(answer.retry_after_ms, 3000);
    cr_http_answer_free(&answer);
}

static void half_an_answer_is_none(void **state)
{
    (void)state;
    cr_http_answer answer;
    assert_int_equal(ask("/cut", plain, &answer, NULL), CR_IO);
    assert_int_equal(answer.status, 0);
    assert_true(answer.was_sent);
    cr_http_answer_free(&answer);
}

static void what_was_never_sent_is_known(void **state)
{
    (void)state;
    cr_http_answer answer;
    // Nobody listens on the discard port of this machine.
    cr_http_request request = plain;
    request.url = "http://127.0.0.1:9/";
    assert_int_equal(cr_http_ask(client, &request, &answer, NULL), CR_IO);
    assert_false(answer.was_sent);
    cr_http_answer_free(&answer);
    int before = __atomic_load_n(&the_server.count, __ATOMIC_SEQ_CST);
    request = plain;
    request.body = "{}";
    request.body_size = 2;
    request.is_once = true;
    assert_int_equal(ask("/dies", request, &answer, NULL), CR_IO);
    assert_true(answer.was_sent);
    assert_int_equal(__atomic_load_n(&the_server.count, __ATOMIC_SEQ_CST), before + 1);
    cr_http_answer_free(&answer);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    cr_http_answer answer;
    cr_http_request request = plain;
    request.answer_bytes_max = 4;
    assert_int_equal(ask("/good", request, &answer, NULL), CR_LIMIT);
    cr_http_answer_free(&answer);
}

static void keys_go_nowhere_else(void **state)
{
    (void)state;
    cr_http_answer answer;
    cr_http_request request = plain;
    request.secret = "Authorization: Bearer secret-key";
    assert_int_equal(ask("/good?x=1", request, &answer, NULL),
                     CR_IO); // the server knows no such path
    cr_http_answer_free(&answer);
    assert_int_equal(ask("/moved", request, &answer, NULL), CR_OK);
    assert_non_null(strstr(the_server.last, "secret-key"));
    assert_int_equal(answer.status, 302);
    assert_string_equal(answer.location, "/good");
    cr_http_answer_free(&answer);
    // Without a key the same address is followed.
    assert_int_equal(ask("/moved", plain, &answer, NULL), CR_OK);
    assert_int_equal(answer.status, 200);
    cr_http_answer_free(&answer);
    cr_fault fault = {0};
    assert_int_equal(ask("/cut?key=hidden", request, &answer, &fault), CR_IO);
    assert_null(strstr(fault.text, "secret-key"));
    assert_null(strstr(fault.where, "hidden"));
    cr_http_answer_free(&answer);
}

static void private_addresses_are_refused(void **state)
{
    (void)state;
    cr_http_answer answer;
    int before = __atomic_load_n(&the_server.count, __ATOMIC_SEQ_CST);
    const cr_http_request request = {0};
    assert_int_not_equal(ask("/good", request, &answer, NULL), CR_OK);
    cr_http_answer_free(&answer);
    static const char *const urls[] = {"https://127.0.0.1/",      "https://[::1]/",
                                       "https://0x7f.1/",         "https://2130706433/",
                                       "https://localhost/",      "https://[::ffff:10.0.0.1]/",
                                       "https://169.254.169.254/"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        const cr_http_request other = {.url = urls[i]};
        assert_int_equal(cr_http_ask(client, &other, &answer, NULL), CR_DENIED);
        assert_false(answer.was_sent);
        cr_http_answer_free(&answer);
    }
    assert_int_equal(__atomic_load_n(&the_server.count, __ATOMIC_SEQ_CST), before);
}

static bool stop_at_once(void *cookie)
{
    (void)cookie;
    return true;
}

static void a_hanging_server_holds_nobody(void **state)
{
    (void)state;
    cr_http_answer answer;
    cr_http_request request = plain;
    request.should_stop = stop_at_once;
    assert_int_equal(ask("/hangs", request, &answer, NULL), CR_CANCELED);
    cr_http_answer_free(&answer);
    request = plain;
    request.timeout_ms = 50;
    assert_int_equal(ask("/hangs", request, &answer, NULL), CR_TIMEOUT);
    cr_http_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_answer),
        cmocka_unit_test(half_an_answer_is_none),
        cmocka_unit_test(what_was_never_sent_is_known),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(keys_go_nowhere_else),
        cmocka_unit_test(private_addresses_are_refused),
        cmocka_unit_test(a_hanging_server_holds_nobody),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
