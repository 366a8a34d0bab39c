#include "studio/canonical.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static int by_key(const void *left, const void *right)
{
    const cJSON *const *a = left, *const *b = right;
    return strcmp((*a)->string, (*b)->string);
}

static void print_leaf(cr_str *out, const cJSON *value)
{
    char *text = cr_json_print(value, false);
    cr_str_add(out, text);
    cr_free(text);
}

static void print_key(cr_str *out, const char *key)
{
    cJSON *text = cJSON_CreateStringReference(key);
    print_leaf(out, text);
    cJSON_Delete(text);
    cr_str_add_char(out, ':');
}

// As deep as the tree, which cr_json_parse bounds.
static void print_value(cr_str *out, const cJSON *value)
{
    bool is_object = cJSON_IsObject(value);
    if (!is_object && !cJSON_IsArray(value)) {
        print_leaf(out, value);
        return;
    }
    size_t count = (size_t)cJSON_GetArraySize(value), at = 0;
    const cJSON **members = cr_alloc(count, sizeof *members);
    for (const cJSON *child = value->child; child; child = child->next)
        members[at++] = child;
    if (is_object) qsort(members, count, sizeof *members, by_key);
    cr_str_add_char(out, is_object ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        if (i) cr_str_add_char(out, ',');
        if (is_object) print_key(out, members[i]->string);
        print_value(out, members[i]);
    }
    cr_str_add_char(out, is_object ? '}' : ']');
    cr_free(members);
}

char *cr_canonical_print(const cJSON *value)
{
    cr_str out = {0};
    print_value(&out, value);
    return cr_str_take(&out);
}

void cr_hash_bytes(const void *bytes, size_t size, char out[CR_HASH_BYTES])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, size);
    sodium_bin2hex(out, CR_HASH_BYTES, hash, sizeof hash);
}

void cr_hash_input(const cJSON *input, const char *provider, int provider_version,
                   char out[CR_HASH_BYTES])
{
    char *canonical = cr_canonical_print(input);
    char *text = cr_format("%s\n%s %d\n", canonical, provider, provider_version);
    cr_hash_bytes(text, strlen(text), out);
    cr_free(canonical);
    cr_free(text);
}
