#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "base/str.h"

static const int64_t exact_max = INT64_C(1) << 53;

static void line_and_column(const char *text, size_t at, char *out, size_t size)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < at; i++) {
        column++;
        if (text[i] == '\n') {
            line++;
            column = 1;
        }
    }
    snprintf(out, size, "line %zu, column %zu", line, column);
}

static cr_status fail_at(cr_fault *fault, cr_status status, const char *text, size_t at,
                         const char *why)
{
    char where[64];
    line_and_column(text, at, where, sizeof where);
    return cr_fail(fault, status, where, "%s", why);
}

// cJSON's own nesting limit is far above ours, and it recurses: look before it does.
static size_t too_deep_at(const char *text, size_t length)
{
    size_t depth = 0;
    bool in_text = false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (in_text) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            if (++depth > CR_JSON_DEPTH_MAX) return i;
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
        }
    }
    return length;
}

static int compare_keys(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

// The name of a key that stands twice in [object], or NULL.
static const char *duplicate_key(const cJSON *object)
{
    enum { small = 32 };
    const char *on_stack[small];
    size_t count = (size_t)cJSON_GetArraySize(object);
    const char **keys = count <= small ? on_stack : cr_alloc(count, sizeof *keys);
    size_t at = 0;
    for (const cJSON *member = object->child; member; member = member->next)
        keys[at++] = member->string;
    qsort(keys, count, sizeof *keys, compare_keys);
    const char *twice = NULL;
    for (size_t i = 1; i < count && !twice; i++)
        if (strcmp(keys[i - 1], keys[i]) == 0) twice = keys[i];
    if (keys != on_stack) cr_free(keys);
    return twice;
}

static cr_status check_tree(const cJSON *value, const cr_json_place *place, cr_fault *fault)
{
    if (cJSON_IsObject(value)) {
        const char *twice = duplicate_key(value);
        if (twice) return cr_json_fail(fault, CR_INVALID, place, twice, "this key stands twice");
    }
    if (cJSON_IsNumber(value) && !isfinite(value->valuedouble))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "the number is too large");
    size_t index = 0;
    for (const cJSON *child = value->child; child; child = child->next) {
        cr_json_place below = {place, child->string, index++};
        cr_status status = check_tree(child, &below, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_json_parse(cJSON **out, const char *text, size_t length, cr_fault *fault)
{
    if (length == 0) return fail_at(fault, CR_INVALID, "", 0, "the text is empty");
    size_t valid = cr_utf8_valid_length(text, length);
    if (valid != length)
        return fail_at(fault, CR_INVALID, text, valid, "the text is not valid UTF-8 here");
    const char *nul = memchr(text, '\0', length);
    if (nul)
        return fail_at(fault, CR_INVALID, text, (size_t)(nul - text), "a zero byte in the text");
    size_t deep = too_deep_at(text, length);
    if (deep != length) return fail_at(fault, CR_LIMIT, text, deep, "nested deeper than 64 levels");
    // A terminated copy, so that cJSON can check that nothing follows the value.
    char *copy = cr_strndup(text, length);
    const char *end = copy;
    cJSON *tree = cJSON_ParseWithLengthOpts(copy, length + 1, &end, true);
    size_t stopped = end ? (size_t)(end - copy) : 0;
    cr_free(copy);
    if (!tree)
        return fail_at(fault, CR_INVALID, text, stopped < length ? stopped : length,
                       "this is not JSON");
    cr_status status = check_tree(tree, NULL, fault);
    if (status != CR_OK) {
        cJSON_Delete(tree);
        return status;
    }
    *out = tree;
    return CR_OK;
}

// Printing is ours, so that the bytes depend on no version of cJSON: two spaces a level, short
// lists of numbers on one line, and numbers as the shortest decimals that read back the same.

// Whole numbers and decimals of up to six places, which is all that projects have.
static bool print_decimal(cr_str *out, double value)
{
    static const double one = 1000000, largest = 1000000000;
    if (value == floor(value) && fabs(value) <= (double)exact_max) {
        cr_str_addf(out, "%lld", (long long)value);
        return true;
    }
    double millionths = round(fabs(value) * one);
    if (!(fabs(value) < largest) || millionths / one != fabs(value)) return false;
    long long whole = (long long)(millionths / one);
    long long rest = (long long)millionths - whole * (long long)one;
    char digits[8];
    snprintf(digits, sizeof digits, "%06lld", rest);
    size_t length = 6;
    while (length > 1 && digits[length - 1] == '0')
        length--;
    cr_str_addf(out, "%s%lld.%.*s", value < 0 ? "-" : "", whole, (int)length, digits);
    return true;
}

static void print_number(cr_str *out, double value)
{
    if (!isfinite(value)) {
        cr_str_add(out, "null");
        return;
    }
    if (print_decimal(out, value)) return;
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    cr_str_add(out, text);
}

static void print_text(cr_str *out, const char *text)
{
    static const char plain[] = "\"\\\b\f\n\r\t", escaped[] = "\"\\bfnrt";
    cr_str_add_char(out, '"');
    const char *from = text;
    for (const char *c = text; *c; c++) {
        const char *special = strchr(plain, *c);
        if (!special && (unsigned char)*c >= 0x20) continue;
        cr_str_add_bytes(out, from, (size_t)(c - from));
        from = c + 1;
        if (special)
            cr_str_addf(out, "\\%c", escaped[special - plain]);
        else
            cr_str_addf(out, "\\u%04x", (unsigned)(unsigned char)*c);
    }
    cr_str_add(out, from);
    cr_str_add_char(out, '"');
}

static void print_scalar(cr_str *out, const cJSON *value)
{
    if (cJSON_IsString(value))
        print_text(out, value->valuestring);
    else if (cJSON_IsNumber(value))
        print_number(out, value->valuedouble);
    else if (cJSON_IsBool(value))
        cr_str_add(out, cJSON_IsTrue(value) ? "true" : "false");
    else if (cJSON_IsRaw(value))
        cr_str_add(out, value->valuestring);
    else
        cr_str_add(out, "null");
}

static void print_flat(cr_str *out, const cJSON *value, const char *comma)
{
    bool object = cJSON_IsObject(value);
    if (!object && !cJSON_IsArray(value)) {
        print_scalar(out, value);
        return;
    }
    cr_str_add_char(out, object ? '{' : '[');
    for (const cJSON *child = value->child; child; child = child->next) {
        if (object) {
            print_text(out, child->string);
            cr_str_add_char(out, ':');
        }
        print_flat(out, child, comma);
        if (child->next) cr_str_add(out, comma);
    }
    cr_str_add_char(out, object ? '}' : ']');
}

static void add_indent(cr_str *out, int depth)
{
    cr_str_add_char(out, '\n');
    for (int i = 0; i < depth; i++)
        cr_str_add(out, "  ");
}

static bool is_flat(const cJSON *value)
{
    if (!cJSON_IsArray(value) && !cJSON_IsObject(value)) return true;
    if (!value->child) return true;
    if (cJSON_IsObject(value)) return false;
    for (const cJSON *child = value->child; child; child = child->next)
        if (!cJSON_IsNumber(child)) return false;
    return true;
}

static void print_pretty(cr_str *out, const cJSON *value, int depth)
{
    if (is_flat(value)) {
        print_flat(out, value, ", ");
        return;
    }
    bool object = cJSON_IsObject(value);
    cr_str_add_char(out, object ? '{' : '[');
    for (const cJSON *child = value->child; child; child = child->next) {
        add_indent(out, depth + 1);
        if (object) {
            print_text(out, child->string);
            cr_str_add(out, ": ");
        }
        print_pretty(out, child, depth + 1);
        if (child->next) cr_str_add_char(out, ',');
    }
    add_indent(out, depth);
    cr_str_add_char(out, object ? '}' : ']');
}

char *cr_json_print(const cJSON *value, bool pretty)
{
    cr_str out = {0};
    if (pretty) {
        print_pretty(&out, value, 0);
        cr_str_add_char(&out, '\n');
    } else {
        print_flat(&out, value, ",");
    }
    return cr_str_take(&out);
}

static void add_step(cr_str *out, const char *key, size_t index)
{
    cr_str_add_char(out, '/');
    if (!key) {
        cr_str_addf(out, "%zu", index);
        return;
    }
    for (const char *c = key; *c; c++) {
        if (*c == '~')
            cr_str_add(out, "~0");
        else if (*c == '/')
            cr_str_add(out, "~1");
        else
            cr_str_add_char(out, *c);
    }
}

static void add_place(cr_str *out, const cr_json_place *place)
{
    const cr_json_place *steps[CR_JSON_DEPTH_MAX + 1];
    size_t count = 0;
    for (; place && count < CR_JSON_DEPTH_MAX + 1; place = place->parent)
        steps[count++] = place;
    while (count > 0) {
        const cr_json_place *step = steps[--count];
        add_step(out, step->key, step->index);
    }
}

void cr_json_pointer(const cr_json_place *place, char *out, size_t size)
{
    cr_str text = {0};
    add_place(&text, place);
    snprintf(out, size, "%s", cr_str_text(&text));
    cr_str_free(&text);
}

cr_status cr_json_fail(cr_fault *fault, cr_status status, const cr_json_place *place,
                       const char *key, const char *format, ...)
{
    if (!fault) return status;
    cr_str where = {0};
    add_place(&where, place);
    if (key) add_step(&where, key, 0);
    va_list arguments;
    va_start(arguments, format);
    fault->status = status;
    snprintf(fault->where, sizeof fault->where, "%s", cr_str_text(&where));
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    cr_utf8_mend(fault->where);
    cr_utf8_mend(fault->text);
    cr_str_free(&where);
    return status;
}

static cr_status wrong_type(const cJSON *member, const char *wanted, const cr_json_place *place,
                            const char *key, cr_fault *fault)
{
    const char *found = cJSON_IsNull(member)     ? "null"
                        : cJSON_IsBool(member)   ? "true or false"
                        : cJSON_IsNumber(member) ? "a number"
                        : cJSON_IsString(member) ? "a text"
                        : cJSON_IsArray(member)  ? "a list"
                                                 : "an object";
    return cr_json_fail(fault, CR_INVALID, place, key, "must be %s, not %s", wanted, found);
}

cr_status cr_json_get_text(const cJSON *object, const char *key, const char **out,
                           const cr_json_place *place, cr_fault *fault)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!member) return CR_NOTFOUND;
    if (!cJSON_IsString(member)) return wrong_type(member, "a text", place, key, fault);
    *out = member->valuestring;
    return CR_OK;
}

cr_status cr_json_get_bool(const cJSON *object, const char *key, bool *out,
                           const cr_json_place *place, cr_fault *fault)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!member) return CR_NOTFOUND;
    if (!cJSON_IsBool(member)) return wrong_type(member, "true or false", place, key, fault);
    *out = cJSON_IsTrue(member);
    return CR_OK;
}

cr_status cr_json_get_int(const cJSON *object, const char *key, int64_t *out, int64_t min,
                          int64_t max, const cr_json_place *place, cr_fault *fault)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!member) return CR_NOTFOUND;
    if (!cJSON_IsNumber(member)) return wrong_type(member, "a whole number", place, key, fault);
    double value = member->valuedouble;
    if (value != floor(value) || fabs(value) > (double)exact_max)
        return cr_json_fail(fault, CR_INVALID, place, key, "must be a whole number, not %.17g",
                            value);
    int64_t whole = (int64_t)value;
    if (whole < min || whole > max)
        return cr_json_fail(fault, CR_INVALID, place, key, "must be from %lld to %lld, not %lld",
                            (long long)min, (long long)max, (long long)whole);
    *out = whole;
    return CR_OK;
}

cr_status cr_json_get_object(const cJSON *object, const char *key, const cJSON **out,
                             const cr_json_place *place, cr_fault *fault)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!member) return CR_NOTFOUND;
    if (!cJSON_IsObject(member)) return wrong_type(member, "an object", place, key, fault);
    *out = member;
    return CR_OK;
}

cr_status cr_json_get_array(const cJSON *object, const char *key, const cJSON **out,
                            const cr_json_place *place, cr_fault *fault)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!member) return CR_NOTFOUND;
    if (!cJSON_IsArray(member)) return wrong_type(member, "a list", place, key, fault);
    *out = member;
    return CR_OK;
}

void cr_json_add_int(cJSON *object, const char *key, int64_t value)
{
    CR_ASSERT(value > -exact_max && value < exact_max);
    cJSON *number = cJSON_CreateNumber((double)value);
    CR_ASSERT(number);
    if (key)
        cJSON_AddItemToObject(object, key, number);
    else
        cJSON_AddItemToArray(object, number);
}
