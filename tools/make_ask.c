#include "make_ask.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "options.h"

enum { LINE_BYTES_MAX = 1024 };

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

// Up to the line's end, without it; false when there is no more input.
static bool read_line(char *line, size_t size)
{
    if (!fgets(line, (int)size, stdin)) return false;
    size_t length = strcspn(line, "\r\n");
    if (line[length] == '\0') {
        // Longer than anybody answers: the rest is not the next answer.
        for (int c = getchar(); c != '\n' && c != EOF; c = getchar())
            continue;
    }
    while (length > 0 && strchr(" \t", line[length - 1]))
        length--;
    line[length] = '\0';
    return true;
}

static void print_question(const cJSON *question, int number, int count)
{
    fprintf(stderr, "\n%d/%d  %s", number, count, text_of(question, "text"));
    const char *why = text_of(question, "why");
    if (why[0]) fprintf(stderr, "\n     %s", why);
    fputc('\n', stderr);
    int index = 0;
    const cJSON *choice;
    cJSON_ArrayForEach(choice, cJSON_GetObjectItemCaseSensitive(question, "choices"))
    {
        if (cJSON_IsString(choice)) fprintf(stderr, "  %2d  %s\n", ++index, choice->valuestring);
    }
    fprintf(stderr, "  [%s] ", text_of(question, "fallback"));
    fflush(stderr);
}

// The choice of that number, or the words themselves.
static const char *answer_of(const cJSON *question, const char *line)
{
    const cJSON *choices = cJSON_GetObjectItemCaseSensitive(question, "choices");
    int64_t number = 0;
    if (!option_int(line, 1, cJSON_GetArraySize(choices), &number)) return line;
    const cJSON *choice = cJSON_GetArrayItem(choices, (int)number - 1);
    return cJSON_IsString(choice) ? choice->valuestring : line;
}

void make_ask(const make_request *request, const cJSON *questions, cJSON *answers)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(questions, "questions");
    const cJSON *question;
    int count = 0, number = 0;
    cJSON_ArrayForEach(question, list)
    {
        count += !make_request_answers(request, text_of(question, "id"));
    }
    if (count > 0) fputs("A few questions first; Enter takes the default.\n", stderr);
    cJSON_ArrayForEach(question, list)
    {
        const char *id = text_of(question, "id");
        if (!id[0] || make_request_answers(request, id)) continue;
        print_question(question, ++number, count);
        char line[LINE_BYTES_MAX];
        if (!read_line(line, sizeof line)) break;
        if (!line[0] || cr_utf8_valid_length(line, strlen(line)) != strlen(line)) continue;
        cJSON_DeleteItemFromObjectCaseSensitive(answers, id);
        cJSON_AddStringToObject(answers, id, answer_of(question, line));
    }
    fputc('\n', stderr);
}
