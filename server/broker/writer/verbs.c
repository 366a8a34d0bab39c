// Verb forms: what English does not do by rule stands in the table.
#include "broker/writer/words.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"

static const char *const odd_verbs[][2] = {
    {"is", "was"},         {"are", "were"},         {"am", "was"},
    {"be", "was"},         {"has", "had"},          {"have", "had"},
    {"does", "did"},       {"do", "did"},           {"go", "went"},
    {"come", "came"},      {"become", "became"},    {"find", "found"},
    {"lose", "lost"},      {"make", "made"},        {"take", "took"},
    {"get", "got"},        {"give", "gave"},        {"live", "lived"},
    {"love", "loved"},     {"dream", "dreamed"},    {"learn", "learned"},
    {"think", "thought"},  {"know", "knew"},        {"see", "saw"},
    {"hear", "heard"},     {"feel", "felt"},        {"keep", "kept"},
    {"sleep", "slept"},    {"meet", "met"},         {"fall", "fell"},
    {"fly", "flew"},       {"swim", "swam"},        {"sing", "sang"},
    {"ring", "rang"},      {"begin", "began"},      {"run", "ran"},
    {"sit", "sat"},        {"stand", "stood"},      {"speak", "spoke"},
    {"steal", "stole"},    {"tell", "told"},        {"say", "said"},
    {"sell", "sold"},      {"build", "built"},      {"send", "sent"},
    {"spend", "spent"},    {"bring", "brought"},    {"buy", "bought"},
    {"catch", "caught"},   {"teach", "taught"},     {"fight", "fought"},
    {"seek", "sought"},    {"eat", "ate"},          {"drink", "drank"},
    {"write", "wrote"},    {"ride", "rode"},        {"drive", "drove"},
    {"rise", "rose"},      {"wake", "woke"},        {"break", "broke"},
    {"choose", "chose"},   {"freeze", "froze"},     {"hide", "hid"},
    {"bite", "bit"},       {"grow", "grew"},        {"blow", "blew"},
    {"throw", "threw"},    {"draw", "drew"},        {"wear", "wore"},
    {"tear", "tore"},      {"bear", "bore"},        {"shine", "shone"},
    {"win", "won"},        {"hold", "held"},        {"leave", "left"},
    {"lead", "led"},       {"read", "read"},        {"put", "put"},
    {"let", "let"},        {"cut", "cut"},          {"can", "could"},
    {"can't", "couldn't"}, {"cannot", "could not"}, {"will", "would"},
    {"won't", "wouldn't"}, {"doesn't", "didn't"},   {"don't", "didn't"},
    {"isn't", "wasn't"},   {"aren't", "weren't"},   {"must", "had to"},
    {"hasn't", "hadn't"},  {"forget", "forgot"},    {"understand", "understood"},
    {"hurt", "hurt"},      {"hate", "hated"},       {"fear", "feared"},
    {"pay", "paid"},       {"lie", "lay"},          {"shake", "shook"},
    {"swing", "swung"},    {"stick", "stuck"},      {"dig", "dug"},
    {"hang", "hung"},      {"spin", "spun"},
};

static const char *const common_verbs[] = {
    "work",     "find",      "make",        "build",     "grow",     "live",      "sleep",
    "see",      "hear",      "smell",       "taste",     "feel",     "think",     "learn",
    "talk",     "speak",     "communicate", "eat",       "drink",    "hunt",      "fly",
    "swim",     "run",       "jump",        "walk",      "move",     "dance",     "sing",
    "purr",     "bark",      "hibernate",   "migrate",   "change",   "turn",      "become",
    "form",     "happen",    "begin",       "start",     "end",      "stop",      "keep",
    "save",     "store",     "use",         "need",      "want",     "like",      "love",
    "hate",     "fear",      "help",        "protect",   "fight",    "win",       "lose",
    "shape",    "affect",    "cause",       "create",    "produce",  "protect",   "breathe",
    "digest",   "glow",      "shine",       "burn",      "freeze",   "melt",      "boil",
    "float",    "sink",      "fall",        "rise",      "spin",     "orbit",     "explode",
    "erupt",    "flow",      "travel",      "navigate",  "survive",  "reproduce", "hatch",
    "raise",    "feed",      "pollinate",   "spread",    "heal",     "remember",  "forget",
    "dream",    "matter",    "taste",       "sound",     "look",     "get",       "give",
    "take",     "go",        "come",        "fix",       "clean",    "cook",      "bake",
    "plant",    "water",     "paint",       "draw",      "write",    "read",      "play",
    "ride",     "drive",     "tie",         "fold",      "wash",     "brush",     "pack",
    "choose",   "buy",       "sell",        "open",      "close",    "prepare",   "repot",
    "brew",     "train",     "teach",       "study",     "meditate", "stretch",   "exercise",
    "relax",    "invest",    "budget",      "plan",      "organise", "organize",  "set",
    "install",  "connect",   "measure",     "cut",       "sew",      "knit",      "change",
    "repair",   "replace",   "remove",      "stay",      "say",      "carry",     "catch",
    "throw",    "hide",      "meet",        "follow",    "lead",     "attract",   "defend",
    "detect",   "recognise", "recognize",   "regrow",    "mate",     "nest",      "weave",
    "spawn",    "bloom",     "blossom",     "evolve",    "adapt",    "cross",     "sail",
    "shrink",   "land",      "launch",      "heat",      "cool",     "charge",    "power",
    "generate", "predict",   "control",     "calculate", "compute",  "encrypt",   "send",
    "receive",  "print",     "record",      "is",        "are",      "was",       "were",
    "do",       "does",      "did",         "can",       "could",    "should",    "will",
    "would",    "has",       "have",        "had",       "must",     "gets",      "roar",
    "howl",     "chirp",     "wag",         "lick",      "scratch",  "shed",      "camouflage",
    "sting",    "hop",       "crawl",       "climb",     "dive",     "ferment",   "rot",
    "rust",     "age",       "die",         "evaporate", "condense", "reflect",   "bend",
    "stick",
};

char *cr_verb_base(cr_scrap *scrap, const char *verb)
{
    size_t length = strlen(verb);
    if (strcasecmp(verb, "is") == 0 || strcasecmp(verb, "are") == 0)
        return cr_scrap_copy(scrap, "be");
    if (strcasecmp(verb, "has") == 0) return cr_scrap_copy(scrap, "have");
    if (strcasecmp(verb, "does") == 0) return cr_scrap_copy(scrap, "do");
    if (strcasecmp(verb, "goes") == 0) return cr_scrap_copy(scrap, "go");
    if (length > 4 && cr_text_ends(verb, "ies"))
        return cr_scrap_format(scrap, "%.*sy", (int)length - 3, verb);
    if (cr_text_ends(verb, "sses") || cr_text_ends(verb, "ches") || cr_text_ends(verb, "shes") ||
        cr_text_ends(verb, "xes") || cr_text_ends(verb, "zzes"))
        return cr_scrap_copy_bytes(scrap, verb, length - 2);
    if (length > 3 && cr_text_ends(verb, "s") && !cr_text_ends(verb, "ss"))
        return cr_scrap_copy_bytes(scrap, verb, length - 1);
    return cr_scrap_copy(scrap, verb);
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

// One vowel before one consonant in a short word: the consonant doubles ("repot", "stop").
static bool doubles(const char *verb)
{
    static const char *const twice[] = {"repot",  "begin", "forget", "admit", "commit",
                                        "prefer", "refer", "occur",  "unzip", "control"};
    for (size_t i = 0; i < CR_COUNT_OF(twice); i++)
        if (strcasecmp(verb, twice[i]) == 0) return true;
    size_t length = strlen(verb);
    return length >= 3 && length <= 4 && !is_vowel(verb[length - 1]) &&
           is_vowel(verb[length - 2]) && !is_vowel(verb[length - 3]) &&
           !strchr("wxy", verb[length - 1]) && (length == 3 || strcasecmp(verb, "open") != 0);
}

char *cr_verb_past(cr_scrap *scrap, const char *verb)
{
    for (size_t i = 0; i < CR_COUNT_OF(odd_verbs); i++)
        if (strcasecmp(verb, odd_verbs[i][0]) == 0) return cr_scrap_copy(scrap, odd_verbs[i][1]);
    char *base = cr_verb_base(scrap, verb);
    for (size_t i = 0; i < CR_COUNT_OF(odd_verbs); i++)
        if (strcasecmp(base, odd_verbs[i][0]) == 0) return cr_scrap_copy(scrap, odd_verbs[i][1]);
    size_t length = strlen(base);
    if (!length) return base;
    if (base[length - 1] == 'e') return cr_scrap_format(scrap, "%sd", base);
    if (base[length - 1] == 'y' && length > 1 && !is_vowel(base[length - 2]))
        return cr_scrap_format(scrap, "%.*sied", (int)length - 1, base);
    if (doubles(base)) return cr_scrap_format(scrap, "%s%ced", base, base[length - 1]);
    return cr_scrap_format(scrap, "%sed", base);
}

char *cr_verb_ing(cr_scrap *scrap, const char *verb)
{
    size_t length = strlen(verb);
    if (length > 2 && cr_text_ends(verb, "ie"))
        return cr_scrap_format(scrap, "%.*sying", (int)length - 2, verb);
    if (length > 2 && verb[length - 1] == 'e' && !cr_text_ends(verb, "ee") &&
        !cr_text_ends(verb, "ye") && !cr_text_ends(verb, "oe"))
        return cr_scrap_format(scrap, "%.*sing", (int)length - 1, verb);
    if (doubles(verb)) return cr_scrap_format(scrap, "%s%cing", verb, verb[length - 1]);
    return cr_scrap_format(scrap, "%sing", verb);
}

bool cr_verb_is_known(const char *word)
{
    cr_scrap scrap = {0};
    char *base = cr_verb_base(&scrap, word);
    bool is_known = false;
    for (size_t i = 0; i < CR_COUNT_OF(common_verbs) && !is_known; i++)
        is_known = strcasecmp(word, common_verbs[i]) == 0 || strcasecmp(base, common_verbs[i]) == 0;
    for (size_t i = 0; i < CR_COUNT_OF(odd_verbs) && !is_known; i++)
        is_known = strcasecmp(word, odd_verbs[i][0]) == 0 || strcasecmp(base, odd_verbs[i][0]) == 0;
    cr_scrap_free(&scrap);
    return is_known;
}
