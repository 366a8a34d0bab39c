#include "broker/writer/questions.h"

#include <string.h>

#include "base/vec.h"
#include "broker/writer/script.h"

enum { CHOICES_MAX = 5 };

static void ask(cJSON *list, const char *id, const char *text, const char *why,
                const char *const *choices, int count)
{
    cJSON *question = cJSON_CreateObject();
    cJSON_AddItemToArray(list, question);
    cJSON_AddStringToObject(question, "id", id);
    cJSON_AddStringToObject(question, "text", text);
    cJSON_AddStringToObject(question, "why", why);
    cJSON *array = cJSON_AddArrayToObject(question, "choices");
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(choices[i]));
    cJSON_AddStringToObject(question, "fallback", choices[0]);
}

static void ask_audience(cJSON *list, const cr_prompt *prompt)
{
    if (*prompt->audience) return;
    static const char *const grown[] = {"Everyone", "Children"};
    static const char *const young[] = {"Children", "Everyone"};
    bool is_story = prompt->shape == CR_SHAPE_STORY;
    ask(list, "audience", is_story ? "Who will listen to the story?" : "Who is the film for?",
        "Children get shorter sentences, questions and comparisons from their own days; grown-ups "
        "get the facts more densely.",
        is_story ? young : grown, 2);
}

static void ask_tone(cJSON *list, const cr_prompt *prompt)
{
    static const char *const telling[] = {"Curious", "Playful", "Calm", "Serious"};
    static const char *const selling[] = {"Warm", "Energetic", "Playful", "Calm"};
    static const char *const dreaming[] = {"Gentle", "Playful", "Mysterious", "Exciting"};
    bool is_selling = prompt->shape == CR_SHAPE_ADVERT || prompt->shape == CR_SHAPE_ANNOUNCEMENT;
    ask(list, "tone", "Which tone suits it?",
        "A playful film asks and compares, a serious one gets to the point; the music follows.",
        prompt->shape == CR_SHAPE_STORY ? dreaming
        : is_selling                    ? selling
                                        : telling,
        4);
}

// What the knowledge has to say about the subject, as angles to choose.
static void ask_focus(cr_scrap *scrap, cJSON *list, const cr_knowledge *knowledge,
                      const cr_prompt *prompt)
{
    const cr_entry *known =
        cr_knowledge_match(knowledge, scrap, "explain", &prompt->words, NULL, NULL);
    const char *choices[CHOICES_MAX] = {"A bit of everything"};
    int count = 1;
    char reader = prompt->is_for_children ? 'k' : 'a';
    for (int i = 0; known && i < known->line_count && count < CHOICES_MAX; i++) {
        const cr_line *line = &known->lines[i];
        if (line->role != '-' || line->is_variant || !*line->tags) continue;
        if (line->audience && line->audience != reader) continue;
        choices[count++] = line->heading;
    }
    if (count < 3) return;
    ask(list, "focus", "What should it dwell on?",
        "The scenes about this come first into the film; others make room for it.", choices, count);
}

static void ask_ending(cJSON *list)
{
    static const char *const endings[] = {"Asleep and safe", "A new friend", "A small surprise"};
    ask(list, "ending", "How should the story end?",
        "The last scene is written for the ending that you choose.", endings, 3);
}

static void ask_call(cJSON *list, const cr_prompt *prompt)
{
    static const char *const calls[] = {"Come and visit us", "Order online", "Call us today"};
    static const char *const launches[] = {"Try it today", "Sign up online", "Tell your friends"};
    bool is_launch = prompt->shape == CR_SHAPE_ANNOUNCEMENT;
    ask(list, "call_to_action", "What should people do after watching?",
        "It is what the film says last and shows on the screen.", is_launch ? launches : calls, 3);
}

static void ask_presenter(cJSON *list, bool is_usual)
{
    static const char *const yes[] = {"Yes, to open the film", "No"};
    static const char *const no[] = {"No", "Yes, to open the film"};
    ask(list, "presenter", "Should a presenter speak to the camera?",
        "A presenter opens the film in person, and their lips follow the words.",
        is_usual ? yes : no, 2);
}

cr_status cr_questions_write(cJSON **out, const cJSON *input, cr_fault *fault)
{
    const char *text = "";
    cr_status status = cr_json_get_text(input, "prompt", &text, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_INVALID, "/prompt", "there is no prompt to ask about");
    if (status != CR_OK) return status;
    cr_scrap scrap = {0};
    cr_prompt prompt = cr_prompt_read(&scrap, text);
    if (!prompt.words.count) {
        cr_scrap_free(&scrap);
        return cr_fail(fault, CR_INVALID, "/prompt", "the prompt has no words to ask about");
    }
    cr_knowledge knowledge = cr_knowledge_open(&scrap);
    prompt.shape = cr_shape_settle(&scrap, &knowledge, &prompt);
    *out = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(*out, "questions");
    bool is_selling = prompt.shape == CR_SHAPE_ADVERT || prompt.shape == CR_SHAPE_ANNOUNCEMENT;
    if (!is_selling && prompt.shape != CR_SHAPE_GREETING) ask_audience(list, &prompt);
    ask_tone(list, &prompt);
    if (prompt.shape == CR_SHAPE_STORY)
        ask_ending(list);
    else if (is_selling)
        ask_call(list, &prompt);
    else if (prompt.shape != CR_SHAPE_HOWTO && prompt.shape != CR_SHAPE_GREETING)
        ask_focus(&scrap, list, &knowledge, &prompt);
    if (prompt.shape != CR_SHAPE_STORY) ask_presenter(list, prompt.shape == CR_SHAPE_ANNOUNCEMENT);
    cr_scrap_free(&scrap);
    return CR_OK;
}
