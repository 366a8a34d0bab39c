// Words for the painter out of words for the ear.
#include <string.h>

#include "base/vec.h"
#include "broker/writer/script.h"

// Things that can be painted; a narration is searched for them.
static const char *const things[] = {
    "airplane",   "alarm clock", "ant",         "apple",     "astronaut",   "baby",
    "bakery",     "ball",        "balloon",     "banana",    "bat",         "battery",
    "beach",      "bear",        "bed",         "bee",       "beetle",      "bell",
    "bicycle",    "bird",        "boat",        "book",      "bottle",      "box",
    "boy",        "brain",       "bread",       "bridge",    "broom",       "brush",
    "bucket",     "bus",         "butter",      "butterfly", "cactus",      "cake",
    "calendar",   "camel",       "camera",      "candle",    "car",         "carrot",
    "castle",     "cat",         "chair",       "cheese",    "child",       "chicken",
    "chocolate",  "city",        "clock",       "cloud",     "coffee",      "coin",
    "comet",      "compass",     "computer",    "cookie",    "coral",       "cow",
    "crab",       "crocodile",   "croissant",   "crown",     "cup",         "deer",
    "desert",     "diamond",     "dinosaur",    "doctor",    "dog",         "dolphin",
    "door",       "dragon",      "drum",        "duck",      "eagle",       "ear",
    "earth",      "egg",         "elephant",    "engine",    "eye",         "factory",
    "family",     "farmer",      "feather",     "field",     "fire",        "fish",
    "flag",       "flamingo",    "flower",      "forest",    "fountain",    "fox",
    "frog",       "fruit",       "garden",      "gear",      "ghost",       "gift",
    "giraffe",    "girl",        "glass",       "globe",     "goat",        "grape",
    "guitar",     "hammer",      "hand",        "hat",       "heart",       "hedgehog",
    "helicopter", "herb",        "honey",       "horse",     "hospital",    "house",
    "ice",        "island",      "jellyfish",   "key",       "kitchen",     "kite",
    "knife",      "koala",       "ladder",      "lamp",      "laptop",      "leaf",
    "lemon",      "letter",      "light bulb",  "lightning", "lion",        "lobster",
    "machine",    "magnet",      "map",         "meadow",    "microscope",  "milk",
    "mirror",     "monkey",      "moon",        "mosquito",  "mountain",    "mouse",
    "museum",     "mushroom",    "music",       "nest",      "newspaper",   "night",
    "ocean",      "octopus",     "onion",       "orange",    "owl",         "paint",
    "palm tree",  "panda",       "paper",       "parachute", "parrot",      "pen",
    "pencil",     "penguin",     "people",      "phone",     "piano",       "picture",
    "pig",        "pizza",       "planet",      "plant",     "pot",         "potato",
    "rabbit",     "radio",       "rain",        "rainbow",   "river",       "robot",
    "rocket",     "room",        "rose",        "ruler",     "sailboat",    "salt",
    "satellite",  "school",      "scientist",   "scissors",  "sea",         "seed",
    "seedling",   "shark",       "sheep",       "ship",      "shoe",        "shop",
    "skateboard", "sky",         "snail",       "snake",     "snow",        "snowflake",
    "soap",       "spider",      "spoon",       "squirrel",  "star",        "stone",
    "strawberry", "street",      "student",     "sun",       "sunflower",   "sunrise",
    "sunset",     "swan",        "table",       "taxi",      "tea",         "teacher",
    "telescope",  "tent",        "thermometer", "tiger",     "tomato",      "tooth",
    "toothbrush", "train",       "tree",        "trophy",    "truck",       "tulip",
    "turtle",     "umbrella",    "unicorn",     "vegetable", "violin",      "volcano",
    "watch",      "water",       "wave",        "whale",     "wheel",       "wind",
    "window",     "wolf",        "woman",       "wood",      "worm",        "zebra",
    "man",        "friend",      "village",     "mountains", "grandmother",
};

enum { THINGS_IN_A_PICTURE = 3 };

char *cr_visual_derive(cr_scrap *scrap, const char *narration, const char *fallback)
{
    cr_words words = cr_words_cut(scrap, narration);
    const char *found[THINGS_IN_A_PICTURE];
    int count = 0;
    for (int i = 0; i < words.count; i++) {
        for (size_t j = 0; j < CR_COUNT_OF(things) && count < THINGS_IN_A_PICTURE; j++) {
            const char *thing = things[j], *space = strchr(thing, ' ');
            size_t length = space ? (size_t)(space - thing) : strlen(thing);
            bool is_same =
                strlen(words.stems[i]) == length && strncmp(words.stems[i], thing, length) == 0 &&
                (!space || (i + 1 < words.count && strcmp(words.stems[i + 1], space + 1) == 0));
            for (int k = 0; k < count; k++)
                is_same &= found[k] != thing;
            if (is_same) found[count++] = thing;
        }
    }
    cr_str visual = {0};
    for (int i = 0; i < count; i++)
        cr_str_addf(&visual, "%s%s %s", i ? ", " : "", cr_word_article(found[i]), found[i]);
    if (*fallback) cr_str_addf(&visual, "%s%s", count ? ", " : "", fallback);
    if (!visual.length) cr_str_add(&visual, "soft abstract shapes, sparkles");
    return cr_scrap_keep_str(scrap, &visual);
}
