#include "live/live_client.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"

static ssize_t take_early(cr_live_client *client, uint8_t *out, size_t size)
{
    size_t left = client->early_size - client->early_at;
    size_t taken = left < size ? left : size;
    memcpy(out, client->early + client->early_at, taken);
    client->early_at += taken;
    return (ssize_t)taken;
}

static ssize_t receive(wslay_event_context_ptr context, uint8_t *out, size_t size, int flags,
                       void *cookie)
{
    (void)flags;
    cr_live_client *client = cookie;
    if (client->early_at < client->early_size) return take_early(client, out, size);
    ssize_t got;
    do {
        got = recv(client->socket.socket, out, size, MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got > 0) return got;
    bool waits = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    client->is_cut = !waits;
    wslay_event_set_error(context, waits ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
}

static ssize_t transmit(wslay_event_context_ptr context, const uint8_t *bytes, size_t size,
                        int flags, void *cookie)
{
    (void)flags;
    const cr_live_client *client = cookie;
    ssize_t sent;
    do {
        sent = send(client->socket.socket, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0) return sent;
    bool waits = errno == EAGAIN || errno == EWOULDBLOCK;
    wslay_event_set_error(context, waits ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
}

void cr_live_client_say(cr_live_client *client, const char *text)
{
    const struct wslay_event_msg message = {
        .opcode = WSLAY_TEXT_FRAME, .msg = (const uint8_t *)text, .msg_length = strlen(text)};
    if (wslay_event_queue_msg(client->context, &message) == WSLAY_ERR_NOMEM) client->is_over = true;
}

void cr_live_client_refuse(cr_live_client *client, const char *reason)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "type", "refused");
    cJSON_AddStringToObject(out, "reason", reason);
    char *text = cr_json_print(out, false);
    cr_live_client_say(client, text);
    cr_free(text);
    cJSON_Delete(out);
}

void cr_live_client_end(cr_live_client *client, unsigned code, const char *reason)
{
    (void)wslay_event_queue_close(client->context, (uint16_t)code, (const uint8_t *)reason,
                                  strlen(reason));
}

static void read_wish(cr_live_client *client, const cJSON *message)
{
    cr_live_wish wish;
    const char *wrong = cr_live_wish_read(&wish, message);
    if (wrong)
        cr_live_client_refuse(client, wrong);
    else
        client->wish(client->cookie, client, &wish);
}

// A reason to close is two bytes of code and a text, or nothing.
static void judge_frame(wslay_event_context_ptr context,
                        const struct wslay_event_on_frame_recv_start_arg *frame, void *cookie)
{
    (void)context;
    cr_live_client *client = cookie;
    if (frame->opcode == WSLAY_CONNECTION_CLOSE && frame->payload_length == 1)
        client->is_wrong = true;
}

static void hear(wslay_event_context_ptr context, const struct wslay_event_on_msg_recv_arg *heard,
                 void *cookie)
{
    (void)context;
    cr_live_client *client = cookie;
    if (wslay_is_ctrl_frame(heard->opcode)) return;
    if (heard->opcode != WSLAY_TEXT_FRAME) {
        cr_live_client_end(client, CR_LIVE_NOT_TEXT, "texts only");
        return;
    }
    cJSON *message = NULL;
    cr_fault fault;
    if (cr_json_parse(&message, (const char *)heard->msg, heard->msg_length, &fault) != CR_OK) {
        char line[sizeof fault.text + sizeof fault.where];
        cr_fault_line(&fault, line, sizeof line);
        cr_live_client_refuse(client, line);
        return;
    }
    read_wish(client, message);
    cJSON_Delete(message);
}

cr_live_client *cr_live_client_new(const cr_live_socket *socket, int64_t now_ms)
{
    static const struct wslay_event_callbacks callbacks = {.recv_callback = receive,
                                                           .send_callback = transmit,
                                                           .on_frame_recv_start_callback =
                                                               judge_frame,
                                                           .on_msg_recv_callback = hear};
    cr_live_client *client = cr_alloc(1, sizeof *client);
    client->socket = *socket;
    // A frame is written head first: its rest would wait for the other side's word of that. Behind
    // TLS the socket is none of TCP's.
    int yes = 1;
    (void)setsockopt(socket->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    client->heard_ms = client->pinged_ms = now_ms;
    if (socket->early_size) {
        client->early = cr_alloc(1, socket->early_size);
        memcpy(client->early, socket->early, socket->early_size);
        client->early_size = socket->early_size;
    }
    if (wslay_event_context_server_init(&client->context, &callbacks, client) != 0) {
        cr_free(client->early);
        cr_free(client);
        return NULL;
    }
    wslay_event_config_set_max_recv_msg_length(client->context, CR_LIVE_MESSAGE_BYTES_MAX);
    return client;
}

void cr_live_client_free(cr_live_client *client)
{
    wslay_event_context_free(client->context);
    client->socket.close(client->socket.cookie);
    for (int i = 0; i < client->topic_count; i++)
        cr_free(client->here[i]);
    cr_free(client->early);
    cr_free(client);
}

// Everything was said. The socket is closed when the other side has closed its own: bytes that were
// not read would take our last frame away with them.
static void begin_ending(cr_live_client *client, int64_t now_ms)
{
    client->is_ending = true;
    client->ending_ms = now_ms;
    (void)shutdown(client->socket.socket, SHUT_WR);
}

static void drain(cr_live_client *client)
{
    char thrown[4096];
    ssize_t got;
    do {
        got = recv(client->socket.socket, thrown, sizeof thrown, MSG_DONTWAIT);
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) client->is_over = true;
}

// What wslay would answer with a close that does not say why.
static void say_protocol_error(cr_live_client *client)
{
    static const unsigned char frame[] = {0x88, 2, CR_LIVE_PROTOCOL >> 8, CR_LIVE_PROTOCOL & 0xff};
    // Behind half a frame it would be part of that one.
    if (wslay_event_get_queued_msg_length(client->context) > 0) return;
    ssize_t sent = send(client->socket.socket, frame, sizeof frame, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)sent;
}

static void listen_to(cr_live_client *client, int64_t now_ms)
{
    char peek;
    bool may_hear = client->early_at < client->early_size ||
                    recv(client->socket.socket, &peek, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
    if (may_hear) client->heard_ms = now_ms;
    if (!wslay_event_want_read(client->context)) return;
    bool failed = wslay_event_recv(client->context) != 0;
    if (client->is_cut) {
        client->is_over = true;
    } else if (failed || client->is_wrong) {
        say_protocol_error(client);
        begin_ending(client, now_ms);
    }
}

void cr_live_client_read(cr_live_client *client, int64_t now_ms)
{
    if (client->is_ending)
        drain(client);
    else
        listen_to(client, now_ms);
}

void cr_live_client_write(cr_live_client *client, int64_t now_ms)
{
    if (client->is_ending || client->is_over) return;
    if (wslay_event_want_write(client->context) && wslay_event_send(client->context) != 0)
        client->is_over = true;
    if (!wslay_event_want_read(client->context) && !wslay_event_want_write(client->context))
        begin_ending(client, now_ms);
}

void cr_live_client_look(cr_live_client *client, int64_t now_ms)
{
    bool is_gone = now_ms - client->heard_ms > CR_LIVE_SILENCE_MS;
    bool stays_open = client->is_ending && now_ms - client->ending_ms > CR_LIVE_ENDING_MS;
    if (is_gone || stays_open) client->is_over = true;
    if (client->is_ending || now_ms - client->heard_ms < CR_LIVE_PING_MS ||
        now_ms - client->pinged_ms < CR_LIVE_PING_MS)
        return;
    client->pinged_ms = now_ms;
    const struct wslay_event_msg ping = {.opcode = WSLAY_PING};
    (void)wslay_event_queue_msg(client->context, &ping);
}

short cr_live_client_events(const cr_live_client *client)
{
    short events = 0;
    if (client->is_ending || wslay_event_want_read(client->context)) events |= POLLIN;
    if (!client->is_ending && wslay_event_want_write(client->context)) events |= POLLOUT;
    return events;
}

bool cr_live_client_is_full(const cr_live_client *client)
{
    return wslay_event_get_queued_msg_length(client->context) > CR_LIVE_QUEUE_BYTES_MAX;
}
