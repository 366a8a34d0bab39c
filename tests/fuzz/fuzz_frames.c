// Any bytes from a page after the handshake of a WebSocket. What is answered must be frames as RFC
// 6455 has them, in texts that are JSON, with nothing behind a close; and the connection ends when
// the page has gone.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "live/live_client.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_BYTES_MAX = 32 * 1024, HEARD_BYTES_MAX = 1024 * 1024, TURNS_MAX = 100 };

// What the page has read.
typedef struct looking {
    int socket;
    uint8_t *heard;
    size_t size;
} looking;

static void close_socket(void *cookie)
{
    (void)close(*(int *)cookie);
}

static void take_wish(void *cookie, cr_live_client *client, const cr_live_wish *wish)
{
    (void)cookie;
    if (wish->film && !wish->film[0]) abort();
    if (wish->film && strlen(wish->film) > CR_LIVE_MESSAGE_BYTES_MAX) abort();
    if (wish->since < -1) abort();
    if (wish->kind == CR_LIVE_WISH_NONE) abort();
    if (wish->kind == CR_LIVE_EDIT && !(wish->film && wish->id && cJSON_IsObject(wish->edit)))
        abort();
    if (wish->kind == CR_LIVE_SAY_HERE && !(wish->film && cJSON_IsObject(wish->here))) abort();
    bool is_subscribe = wish->kind == CR_LIVE_SUBSCRIBE;
    cr_live_client_say(client, is_subscribe ? "{\"type\":\"snapshot\"}" : "{}");
}

static bool hear_more(looking *page)
{
    ssize_t got =
        recv(page->socket, page->heard + page->size, HEARD_BYTES_MAX - page->size, MSG_DONTWAIT);
    if (got > 0) page->size += (size_t)got;
    if (page->size == HEARD_BYTES_MAX) abort();
    return got > 0;
}

// Codes that a server may send (RFC 6455, section 7.4).
static bool is_code(unsigned code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1011) ||
           (code >= 3000 && code <= 4999);
}

static void check_payload(unsigned opcode, const uint8_t *payload, size_t size)
{
    if (opcode >= WSLAY_CONNECTION_CLOSE && size > 125) abort();
    if (opcode == WSLAY_CONNECTION_CLOSE) {
        if (size == 1) abort();
        if (size >= 2 && !is_code((unsigned)payload[0] << 8 | payload[1])) abort();
    } else if (opcode == WSLAY_TEXT_FRAME) {
        cJSON *message = NULL;
        if (cr_utf8_valid_length((const char *)payload, size) != size) abort();
        if (cr_json_parse(&message, (const char *)payload, size, NULL) != CR_OK) abort();
        cJSON_Delete(message);
    } else if (opcode != WSLAY_PONG) {
        abort();
    }
}

static void check_heard(const looking *page)
{
    bool is_closed = false;
    for (size_t at = 0; at < page->size;) {
        const uint8_t *frame = page->heard + at;
        if (is_closed || page->size - at < 2) abort();
        // Whole, nothing reserved, not masked.
        if ((frame[0] & 0xf0) != 0x80 || frame[1] > 126) abort();
        size_t start = frame[1] == 126 ? 4 : 2;
        if (page->size - at < start) abort();
        size_t size = start == 4 ? (size_t)frame[2] << 8 | frame[3] : frame[1];
        if (page->size - at - start < size) abort();
        check_payload(frame[0] & 15, frame + start, size);
        is_closed = (frame[0] & 15) == WSLAY_CONNECTION_CLOSE;
        at += start + size;
    }
}

// One turn of live's thread, and all that the page hears of it.
static bool turn(cr_live_client *client, looking *page, int64_t now_ms)
{
    cr_live_client_read(client, now_ms);
    bool is_heard = false;
    for (bool more = true; more;) {
        if (!client->is_over) cr_live_client_write(client, now_ms);
        more = hear_more(page);
        is_heard = is_heard || more;
    }
    return is_heard;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int ends[2];
    if (size > INPUT_BYTES_MAX || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 0;
    // Some come with the handshake, the rest after it.
    size_t early = size / 2;
    looking page = {.socket = ends[1], .heard = cr_alloc(1, HEARD_BYTES_MAX)};
    const cr_live_socket socket = {.socket = ends[0],
                                   .early = data,
                                   .early_size = early,
                                   .close = close_socket,
                                   .cookie = &ends[0]};
    cr_live_client *client = cr_live_client_new(&socket, 0);
    if (!client) abort();
    client->wish = take_wish;
    if (size > early && send(page.socket, data + early, size - early, 0) != (ssize_t)(size - early))
        abort();
    int turns = 0;
    while (turn(client, &page, turns) && turns < TURNS_MAX)
        turns++;
    (void)shutdown(page.socket, SHUT_WR);
    while (!client->is_over && turns < TURNS_MAX)
        (void)turn(client, &page, turns++);
    if (!client->is_over) abort();
    cr_live_client_free(client);
    check_heard(&page);
    (void)close(page.socket);
    cr_free(page.heard);
    return 0;
}
