// Which words set a place, an hour, a weather, a season or a framing, and which only look like
// things.
#include "broker/painter/composition.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

typedef enum kind { KIND_NONE = 0, PLACE, HOUR, WEATHER, SEASON, FRAMING } kind;

typedef struct setting_words {
    kind kind;
    int value;
    const char *phrases; // separated by commas
} setting_words;

static const setting_words table[] = {
    {PLACE, CR_PLACE_MEADOW,
     "meadow,field,fields,grassland,prairie,hill,hills,hillside,countryside,pasture,grass,valley"},
    {PLACE, CR_PLACE_GARDEN,
     "garden,vegetable patch,flower bed,flowerbed,backyard,back "
     "yard,allotment,greenhouse,compost,soil,bed of earth,lawn,hedge"},
    {PLACE, CR_PLACE_PARK, "park,playground,path,trail,footpath"},
    {PLACE, CR_PLACE_FARM,
     "farm,barn,farmyard,orchard,vineyard,farmland,wheat field,cornfield,ranch"},
    {PLACE, CR_PLACE_FOREST,
     "forest,wood s,woods,woodland,clearing,undergrowth,den,burrow,forest floor"},
    {PLACE, CR_PLACE_JUNGLE,
     "jungle,rainforest,rain forest,tropical forest,amazon,coffee "
     "plantation,plantation,highland,tropics"},
    {PLACE, CR_PLACE_MOUNTAINS,
     "mountains,mountain,alps,summit,peak,cliff,canyon,mountain range,highlands,glacier,hiking "
     "trail"},
    {PLACE, CR_PLACE_SNOW,
     "snowfield,arctic,antarctic,antarctica,polar,north pole,south pole,tundra,iceberg,ice "
     "sheet,snowy landscape,snow covered"},
    {PLACE, CR_PLACE_DESERT,
     "desert,dune,dunes,sahara,oasis,savannah,savanna,egypt,pyramid,pyramids"},
    {PLACE, CR_PLACE_BEACH,
     "beach,shore,coast,seaside,sand castle,lagoon,tropical island,coastline"},
    {PLACE, CR_PLACE_SEA,
     "sea,ocean,waves,harbour,harbor,port,pier,on the water,open water,horizon of water,bay,at "
     "sea,waters"},
    {PLACE, CR_PLACE_LAKE,
     "lake,river,pond,stream,brook,riverbank,river bank,waterfall,wetland,swamp,canal,creek"},
    {PLACE, CR_PLACE_UNDERWATER,
     "underwater,under water,under the sea,sea floor,seabed,sea bed,ocean floor,deep sea,coral "
     "reef,beneath the waves,below the surface,aquarium,under the waves,depths"},
    {PLACE, CR_PLACE_SKY,
     "in the sky,in the air,above the clouds,through the "
     "clouds,sky,skies,atmosphere,stratosphere,heavens,air"},
    {PLACE, CR_PLACE_CITY,
     "city,cities,skyline,downtown,metropolis,town,urban,rooftops,city centre,city street,rooftop"},
    {PLACE, CR_PLACE_STREET,
     "street,road,avenue,alley,traffic,sidewalk,pavement,bike lane,cycle path,commute,rush "
     "hour,lane,corner shop,market,marketplace,market stall"},
    {PLACE, CR_PLACE_VILLAGE, "village,hamlet,cottages,neighbourhood,neighborhood,suburb,railway"},
    {PLACE, CR_PLACE_SHOP,
     "shop,store,shop front,storefront,shop window,cafe,coffee shop,bistro,restaurant "
     "front,boutique,florist"},
    {PLACE, CR_PLACE_BAKERY, "bakery,bakehouse,oven,bread oven,baking,patisserie"},
    {PLACE, CR_PLACE_KITCHEN,
     "kitchen,countertop,kitchen table,kitchen counter,stove,dining table,dining room,breakfast "
     "table,cooking,counter,worktop,table,tabletop,cutting board,sink"},
    {PLACE, CR_PLACE_LIVING_ROOM,
     "living room,lounge,sitting room,fireplace,at home,indoors,windowsill,window "
     "sill,apartment,room,hallway,carpet,rug"},
    {PLACE, CR_PLACE_BEDROOM, "bedroom,in bed,bedside,nursery,under the covers,blanket,pillow"},
    {PLACE, CR_PLACE_CLASSROOM,
     "classroom,blackboard,chalkboard,school desk,whiteboard,lecture hall,lecture,schoolroom"},
    {PLACE, CR_PLACE_LIBRARY, "library,bookshelf,bookshelves,archive,bookshop,bookstore,study"},
    {PLACE, CR_PLACE_LABORATORY,
     "laboratory,lab,lab bench,clinic,hospital room,operating room,operating theatre,doctor s "
     "office,surgery,pharmacy"},
    {PLACE, CR_PLACE_WORKSHOP,
     "workshop,workbench,garage,studio bench,forge,factory floor,assembly line,studio,shed,bench"},
    {PLACE, CR_PLACE_OFFICE,
     "office,desk,meeting room,workplace,conference room,boardroom,cubicle,startup"},
    {PLACE, CR_PLACE_STAGE,
     "stage,on stage,on a stage,concert,theatre,theater,spotlight,spotlights,concert hall,audience "
     "hall,circus,curtain"},
    {PLACE, CR_PLACE_SPACE,
     "to mars,toward mars,towards mars,to the moon,to the red planet,to the stars,space,outer "
     "space,orbit,galaxy,universe,cosmos,milky way,solar system,starfield,deep "
     "space,nebula,asteroid belt"},
    {PLACE, CR_PLACE_PLANET,
     "mars,red planet,lunar surface,surface of the moon,on the moon,moon surface,martian,alien "
     "planet,crater,surface of mars,red dust"},
    {PLACE, CR_PLACE_PAPER,
     "diagram,infographic,plain background,white background,cutaway,cross section,illustration of "
     "the idea,blueprint,schematic"},
    {PLACE, CR_PLACE_COLORS, "abstract,gradient background,soft shapes,abstract shapes"},
    {HOUR, CR_DAYTIME_NIGHT,
     "night,at night,midnight,moonlit,moonlight,nighttime,starry,starlight,stars,starry sky,night "
     "sky,moon,under the moon,full moon,crescent moon,in the dark,bedtime,late evening,by "
     "moonlight,nightfall,lantern light,northern lights,aurora"},
    {HOUR, CR_DAYTIME_SUNSET,
     "sunset,dusk,evening,twilight,golden hour,sundown,at sunset,setting sun,evening light,golden "
     "light"},
    {HOUR, CR_DAYTIME_DAWN,
     "dawn,sunrise,daybreak,early morning,first light,at dawn,morning mist,rising sun,morning "
     "light,before sunrise"},
    {HOUR, CR_DAYTIME_DAY,
     "day,daytime,daylight,noon,midday,afternoon,morning,sunny,by day,at noon,bright "
     "day,sunshine,sunlight,blue sky,in the sun"},
    {WEATHER, CR_WEATHER_STORM,
     "storm,stormy,thunderstorm,thunder,tempest,lightning storm,gale,stormy sea,stormy "
     "night,hurricane"},
    {WEATHER, CR_WEATHER_RAIN,
     "rain,rainy,raining,drizzle,downpour,shower of rain,in the rain,rainfall,wet street"},
    {WEATHER, CR_WEATHER_SNOW,
     "snow,snowy,snowing,snowfall,blizzard,in the snow,snowflakes falling,snowstorm"},
    {WEATHER, CR_WEATHER_FOG, "fog,foggy,mist,misty,haze,hazy"},
    {WEATHER, CR_WEATHER_CLOUDY, "cloudy,overcast,clouds,grey sky,gray sky"},
    {WEATHER, CR_WEATHER_CLEAR, "clear sky,cloudless,fair weather,clear day,clear night"},
    {SEASON, CR_SEASON_WINTER, "winter,wintry,in winter,frosty,frozen,christmas,icy"},
    {SEASON, CR_SEASON_AUTUMN,
     "autumn,in autumn,fall colours,fall colors,autumnal,in the fall,harvest,autumn "
     "leaves,october"},
    {SEASON, CR_SEASON_SUMMER, "summer,in summer,midsummer,summery,summer s"},
    {SEASON, CR_SEASON_SPRING,
     "in spring,springtime,spring day,spring morning,spring meadow,early spring,spring "
     "flowers,spring garden,of spring"},
    {FRAMING, CR_FRAMING_CLOSE,
     "close up,closeup,extreme close,macro,detail of,up close,close on,close shot,tight shot,tight "
     "on,push in on"},
    {FRAMING, CR_FRAMING_WIDE,
     "wide,wide shot,establishing shot,panorama,aerial,from above,bird s eye,landscape view,long "
     "shot,far away view,establishing,wide view,wide angle"},
    {FRAMING, CR_FRAMING_MEDIUM, "medium shot,mid shot,medium,half shot"},
};

static const char *const noise[] = {
    "bear in mind",
    "in the light of",
    "in light of",
    "light year",
    "right hand",
    "left hand",
    "on the other hand",
    "on the one hand",
    "hand in hand",
    "at hand",
    "by hand",
    "first hand",
    "second hand",
    "in hand",
    "hand over",
    "hand out",
    "hands on",
    "table of content",
    "root cause",
    "key point",
    "key idea",
    "key to",
    "at heart",
    "by heart",
    "heart of the",
    "eye level",
    "piece of cake",
    "train of thought",
    "star of the",
    "watch out",
    "watch over",
    "watch the",
    "watch as",
    "fly away",
    "fly over",
    "fly to",
    "fly through",
    "fly in",
    "fly high",
    "fly home",
    "all over the world",
    "around the world",
    "in the world",
    "whole world",
    "world war",
    "world record",
    "of the world",
    "power of",
    "in a word",
    "in other word",
    "part of",
    "orange light",
    "orange sky",
    "orange glow",
    "rose to",
    "rose from",
    "rose up",
    "light brown",
    "light blue",
    "light green",
    "seal the",
    "seal it",
    "duck under",
    "park the",
    "ring of",
    "ring the",
    "rock back",
    "star in",
    "play a role",
    "bed of",
    "bat an",
    "can be",
    "back of",
    "ground floor",
    "spring up",
    "spring to",
    "fall asleep",
    "fall in",
    "rising action",
    "style of",
    "flat illustration",
    "colour palette",
    "color palette",
    "cinematic light",
    "soft light",
    "warm light",
    "morning dew",
    "picture book",
    "storybook style",
    "comic book",
    "paper cut",
    "camera angle",
    "camera move",
    "camera pan",
    "wide eye",
    "background of",
    "shape of",
    "bird eye view",
    "worm eye view",
    "egg shaped",
    "heart shaped",
    "home page",
    "house style",
    "art style",
    "in the picture",
    "in this picture",
    "seen from",
    "point of view",
    "bird s eye",
    "worm s eye",
    "at last",
    "once upon a time",
    "long ago",
    "a cup of",
    "cup of",
    "glass of",
    "bowl of",
    "loaf of",
    "piece of",
    "slice of",
    "full of",
    "kind of",
    "sort of",
    "head of",
    "family of",
    "group of",
    "pair of",
    "top of",
    "edge of",
    "end of",
    "side of",
    "middle of",
    "centre of",
    "center of",
};

static int phrase_length(const cr_text_words *words, int at, const char *phrase, size_t length)
{
    char *text = cr_strndup(phrase, length);
    cr_text_words split;
    cr_text_words_split(&split, text);
    cr_free(text);
    if (at + split.count > words->count) return 0;
    for (int i = 0; i < split.count; i++) {
        if (strcmp(split.words[i].stem, words->words[at + i].stem) != 0) return 0;
        if (i + 1 < split.count && words->words[at + i].ends_clause) return 0;
    }
    return split.count;
}

// Words that say little of the place: a later one that says more replaces them.
static const char vague[] =
    "valley hill hillside path trail room table tabletop air sky bench soil lawn grass shore field "
    "footpath bay town air counter rug carpet study street road lane market surgery hallway at in "
    "indoors ";

static void setting_apply(const setting_words *of, const cr_text_word *first, cr_composition *out)
{
    // The first word of a kind decides.
    switch (of->kind) {
    case PLACE: {
        bool is_vague = cr_word_in(first->stem, vague);
        if (out->place && !(out->is_place_vague && !is_vague)) break;
        out->place = (cr_place)of->value;
        out->is_place_vague = is_vague;
        break;
    }
    case HOUR:
        // "a sunny meadow at sunset": day is what everything is without a word.
        if (!out->daytime || out->daytime == CR_DAYTIME_DAY) out->daytime = (cr_daytime)of->value;
        break;
    case WEATHER:
        if (!out->weather) out->weather = (cr_weather)of->value;
        break;
    case SEASON:
        if (!out->season) out->season = (cr_season)of->value;
        break;
    case FRAMING:
        if (!out->framing) out->framing = (cr_framing)of->value;
        break;
    default:
        break;
    }
}

int cr_setting_match(const cr_text_words *words, int at, cr_composition *out)
{
    const setting_words *best = NULL;
    int best_length = 0;
    char first = words->words[at].stem[0];
    for (size_t i = 0; i < CR_COUNT_OF(table); i++)
        for (const char *phrase = table[i].phrases; *phrase;) {
            size_t length = strcspn(phrase, ",");
            if (*phrase == first) {
                int used = phrase_length(words, at, phrase, length);
                if (used > best_length) {
                    best_length = used;
                    best = &table[i];
                }
            }
            phrase += length + (phrase[length] == ',');
        }
    if (best) setting_apply(best, &words->words[at], out);
    return best_length;
}

int cr_noise_match(const cr_text_words *words, int at)
{
    int best = 0;
    for (size_t i = 0; i < CR_COUNT_OF(noise); i++) {
        if (noise[i][0] != words->words[at].text[0]) continue;
        int used = phrase_length(words, at, noise[i], strlen(noise[i]));
        if (used > best) best = used;
    }
    return best;
}
