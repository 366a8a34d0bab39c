#include "range/range.h"

#include <string.h>

#include "range/http_date.h"
#include "range/validator.h"

// A Last-Modified date is a strong validator once it is this many seconds old (RFC 9110 section
// 8.8.2.2).
enum { DATE_IS_STRONG_AFTER = 1 };

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// A text being written; [length] goes on counting when [room] is used up.
typedef struct writer {
    char *out;
    size_t room, length;
} writer;

static void put(writer *w, const char *text)
{
    for (; *text; text++, w->length++)
        if (w->length + 1 < w->room) w->out[w->length] = *text;
    if (w->room) w->out[w->length < w->room ? w->length : w->room - 1] = '\0';
}

static void put_number(writer *w, uint64_t value)
{
    char digits[21];
    int at = 20;
    digits[at] = '\0';
    do
        digits[--at] = (char)('0' + value % 10);
    while (value /= 10);
    put(w, digits + at);
}

static void put_content_range(writer *w, const cr_range_part *part, uint64_t size)
{
    put(w, "bytes ");
    if (part) {
        put_number(w, part->first);
        put(w, "-");
        put_number(w, part->first + part->count - 1);
    } else {
        put(w, "*");
    }
    put(w, "/");
    put_number(w, size);
}

// What Range asks for, as far as it was read.
typedef struct ranges {
    cr_range_part parts[CR_RANGE_PARTS_MAX];
    int count; // satisfiable
    int asked; // well-formed
    bool is_too_many;
} ranges;

// Digits at *at; larger than 64 bits is held at the largest. False when there are none.
static bool read_number(const char **at, uint64_t *out)
{
    if (!is_digit(**at)) return false;
    uint64_t value = 0;
    for (; is_digit(**at); (*at)++) {
        uint64_t digit = (uint64_t)(**at - '0');
        value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
    }
    *out = value;
    return true;
}

static void add_part(ranges *r, uint64_t first, uint64_t count)
{
    if (r->count == CR_RANGE_PARTS_MAX) {
        r->is_too_many = true;
        return;
    }
    r->parts[r->count++] = (cr_range_part){first, count};
}

// One range-spec. False when it is not one.
static bool read_spec(const char **at, uint64_t size, ranges *r)
{
    uint64_t first, last;
    if (**at == '-') {
        (*at)++;
        if (!read_number(at, &last)) return false;
        r->asked++;
        uint64_t count = last < size ? last : size;
        if (count > 0) add_part(r, size - count, count);
        return true;
    }
    if (!read_number(at, &first) || **at != '-') return false;
    (*at)++;
    bool is_open = !read_number(at, &last);
    if (!is_open && last < first) return false;
    r->asked++;
    if (first >= size) return true;
    if (is_open || last >= size) last = size - 1;
    add_part(r, first, last - first + 1);
    return true;
}

static bool begins_with_bytes(const char **at)
{
    static const char unit[] = "bytes=";
    for (int i = 0; unit[i]; i++) {
        char c = (*at)[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != unit[i]) return false;
    }
    *at += 6;
    return true;
}

// False when the field is to be ignored: another unit, or not well-formed.
static bool read_ranges(const char *text, uint64_t size, ranges *r)
{
    *r = (ranges){0};
    if (!begins_with_bytes(&text)) return false;
    for (;;) {
        while (is_space(*text) || *text == ',')
            text++;
        if (*text == '\0') return r->asked > 0;
        if (!read_spec(&text, size, r)) return false;
        while (is_space(*text))
            text++;
        if (*text != ',' && *text != '\0') return false;
    }
}

static bool overlaps(const cr_range_part *a, const cr_range_part *b)
{
    return a->first < b->first + b->count && b->first < a->first + a->count;
}

// Ranges that overlap are sent once, where the first of them stood (RFC 9110 section 15.3.7.2).
static void merge_overlaps(ranges *r)
{
    for (int i = 0; i < r->count; i++) {
        for (int j = i + 1; j < r->count; j++) {
            cr_range_part *a = &r->parts[i], *b = &r->parts[j];
            if (!overlaps(a, b)) continue;
            uint64_t first = a->first < b->first ? a->first : b->first;
            uint64_t a_end = a->first + a->count, b_end = b->first + b->count;
            uint64_t end = a_end > b_end ? a_end : b_end;
            *a = (cr_range_part){first, end - first};
            memmove(b, b + 1, (size_t)(r->count - j - 1) * sizeof *b);
            r->count--;
            // What was passed over may touch the larger one.
            j = i;
        }
    }
}

// The sum of what is asked may not be more than there is: a few bytes asked for a thousand times
// are an attack, not a player.
static bool is_worth_parting(const ranges *r, uint64_t size)
{
    uint64_t sum = 0;
    for (int i = 0; i < r->count; i++)
        sum += r->parts[i].count;
    return sum <= size;
}

static bool if_range_holds(const cr_range_request *request, const cr_range_object *object)
{
    if (!request->if_range) return true;
    const char *value = request->if_range;
    if (value[0] == '"' || (value[0] == 'W' && value[1] == '/'))
        return cr_etag_is_valid(value) && object->etag &&
               cr_etag_list_has(value, object->etag, CR_ETAG_STRONG);
    int64_t date;
    if (object->modified == INT64_MIN || !cr_http_date_parse(value, request->now, &date))
        return false;
    // An exact match of a date that has become strong (RFC 9110 section 13.1.5).
    return date == object->modified && request->now - object->modified >= DATE_IS_STRONG_AFTER;
}

// "*" names whatever is there, also where no tag is known.
static bool names(const char *list, const cr_range_object *object, cr_etag_match match)
{
    while (is_space(*list))
        list++;
    if (*list == '*' && list[1 + strspn(list + 1, " \t")] == '\0') return object->is_there;
    return object->is_there && cr_etag_list_has(list, object->etag, match);
}

// 412, 304, or 0 to go on.
static int judge_conditions(const cr_range_request *request, const cr_range_object *object)
{
    bool has_date = object->is_there && object->modified != INT64_MIN;
    int64_t date;
    if (request->if_match) {
        if (!names(request->if_match, object, CR_ETAG_STRONG)) return 412;
    } else if (request->if_unmodified_since && has_date &&
               cr_http_date_parse(request->if_unmodified_since, request->now, &date)) {
        if (object->modified > date) return 412;
    }
    if (request->if_none_match) {
        if (names(request->if_none_match, object, CR_ETAG_WEAK)) return 304;
    } else if (request->if_modified_since && has_date &&
               cr_http_date_parse(request->if_modified_since, request->now, &date)) {
        if (object->modified <= date) return 304;
    }
    return 0;
}

// A boundary that depends on the object and on what is asked of it, not on chance: the same request
// gives the same bytes everywhere. FNV-1a, twice.
static void make_boundary(cr_range_plan *plan, const cr_range_object *object)
{
    static const char hex[] = "0123456789abcdef";
    uint64_t hash[2] = {UINT64_C(14695981039346656037), UINT64_C(0x9e3779b97f4a7c15)};
    const char *etag = object->etag ? object->etag : "";
    for (int h = 0; h < 2; h++) {
        for (size_t i = 0; etag[i]; i++)
            hash[h] = (hash[h] ^ (unsigned char)etag[i]) * UINT64_C(1099511628211);
        for (int i = 0; i < plan->part_count; i++)
            hash[h] = (hash[h] ^ plan->parts[i].first ^ plan->parts[i].count << 32) *
                      UINT64_C(1099511628211);
    }
    for (int i = 0; i < 32; i++)
        plan->boundary[i] = hex[hash[i / 16] >> (i % 16 * 4) & 15];
    plan->boundary[32] = '\0';
}

static void send_whole(cr_range_plan *out)
{
    out->status = 200;
    out->content_length = out->size;
    out->part_count = out->size > 0;
    out->parts[0] = (cr_range_part){0, out->size};
}

static void send_parts(cr_range_plan *out, const cr_range_object *object, const ranges *r)
{
    out->status = 206;
    out->part_count = r->count;
    memcpy(out->parts, r->parts, (size_t)r->count * sizeof *r->parts);
    if (r->count == 1) {
        writer w = {out->content_range, sizeof out->content_range, 0};
        put_content_range(&w, &out->parts[0], out->size);
        out->content_length = out->parts[0].count;
        return;
    }
    make_boundary(out, object);
    char head[CR_RANGE_PART_BYTES];
    for (int i = 0; i <= out->part_count; i++) {
        out->content_length += cr_range_part_head(out, i, head);
        if (i < out->part_count) out->content_length += out->parts[i].count;
    }
}

static void send_nothing(cr_range_plan *out, int status)
{
    out->status = status;
    out->content_length = 0;
    out->part_count = 0;
}

void cr_range_decide(const cr_range_request *request, const cr_range_object *object,
                     cr_range_plan *out)
{
    memset(out, 0, sizeof *out);
    writer type = {out->part_type, sizeof out->part_type, 0};
    put(&type, object->type ? object->type : "application/octet-stream");
    int judged = judge_conditions(request, object);
    if (judged || !object->is_there) {
        send_nothing(out, judged ? judged : 404);
        return;
    }
    out->size = object->size;
    ranges r;
    // Only GET has ranges (RFC 9110 section 14.2); on HEAD the field is ignored.
    bool has_ranges = request->range && !request->is_head && if_range_holds(request, object) &&
                      read_ranges(request->range, object->size, &r);
    // An empty object has no byte that a suffix could begin at.
    bool is_whole = !has_ranges || r.is_too_many;
    if (!is_whole) merge_overlaps(&r);
    if (is_whole || (r.count > 1 && !is_worth_parting(&r, object->size))) {
        send_whole(out);
        return;
    }
    if (r.count == 0) {
        send_nothing(out, 416);
        writer w = {out->content_range, sizeof out->content_range, 0};
        put_content_range(&w, NULL, out->size);
        return;
    }
    send_parts(out, object, &r);
}

size_t cr_range_part_head(const cr_range_plan *plan, int index, char out[CR_RANGE_PART_BYTES])
{
    writer w = {out, CR_RANGE_PART_BYTES, 0};
    put(&w, "\r\n--");
    put(&w, plan->boundary);
    if (index == plan->part_count) {
        put(&w, "--\r\n");
        return w.length;
    }
    put(&w, "\r\nContent-Type: ");
    put(&w, plan->part_type);
    put(&w, "\r\nContent-Range: ");
    put_content_range(&w, &plan->parts[index], plan->size);
    put(&w, "\r\n\r\n");
    return w.length;
}
