// The built-in writer: questions about a prompt, and scripts. Rules and built-in knowledge, no
// model.
#include "broker/builtin.h"

#include <string.h>

#include "broker/writer/questions.h"
#include "broker/writer/script.h"
#include "broker/writer/script_text.h"

static cr_status ask(const cr_work *work, cJSON **output, cr_fault *fault)
{
    return cr_questions_write(output, work->request->input, fault);
}

static cr_status write_script(const cr_work *work, cJSON **output, cr_fault *fault)
{
    const char *text = NULL;
    cr_status status = cr_json_get_text(work->request->input, "script_text", &text, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    if (work->should_stop && work->should_stop(work)) return CR_CANCELED;
    if (status == CR_OK && *text)
        return cr_script_text_write(output, work->request->input, text, fault);
    return cr_script_write(output, work->request->input, fault);
}

const cr_builtin cr_builtin_questions = {
    .id = "builtin-questions",
    .label = "built-in writer",
    .kind = "questions",
    .version = 1,
    .concurrent_max = 4,
    .work = ask,
};

const cr_builtin cr_builtin_script = {
    .id = "builtin-script",
    .label = "built-in writer",
    .kind = "script",
    .version = 1,
    .concurrent_max = 4,
    .work = write_script,
};
