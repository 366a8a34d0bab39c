// Where and when a picture plays: the words of a composition that are not things.
#pragma once

// Where a picture plays.
typedef enum cr_place {
    CR_PLACE_NONE = 0,
    CR_PLACE_MEADOW,
    CR_PLACE_GARDEN,
    CR_PLACE_PARK,
    CR_PLACE_FARM,
    CR_PLACE_FOREST,
    CR_PLACE_JUNGLE,
    CR_PLACE_MOUNTAINS,
    CR_PLACE_SNOW,
    CR_PLACE_DESERT,
    CR_PLACE_BEACH,
    CR_PLACE_SEA,
    CR_PLACE_LAKE,
    CR_PLACE_UNDERWATER,
    CR_PLACE_SKY,
    CR_PLACE_CITY,
    CR_PLACE_STREET,
    CR_PLACE_VILLAGE,
    CR_PLACE_SHOP,
    CR_PLACE_BAKERY,
    CR_PLACE_KITCHEN,
    CR_PLACE_LIVING_ROOM,
    CR_PLACE_BEDROOM,
    CR_PLACE_CLASSROOM,
    CR_PLACE_LIBRARY,
    CR_PLACE_LABORATORY,
    CR_PLACE_WORKSHOP,
    CR_PLACE_OFFICE,
    CR_PLACE_STAGE,
    CR_PLACE_SPACE,
    CR_PLACE_PLANET, // the ground of another world
    CR_PLACE_PAPER,  // a calm sheet, for diagrams and single things
    CR_PLACE_COLORS, // soft abstract shapes
    CR_PLACE_COUNT,
} cr_place;

// When in the day.
typedef enum cr_daytime {
    CR_DAYTIME_NONE = 0,
    CR_DAYTIME_DAY,
    CR_DAYTIME_DAWN,
    CR_DAYTIME_SUNSET,
    CR_DAYTIME_NIGHT,
} cr_daytime;

// In what weather.
typedef enum cr_weather {
    CR_WEATHER_NONE = 0,
    CR_WEATHER_CLEAR,
    CR_WEATHER_CLOUDY,
    CR_WEATHER_RAIN,
    CR_WEATHER_STORM,
    CR_WEATHER_SNOW,
    CR_WEATHER_FOG,
} cr_weather;

// When in the year.
typedef enum cr_season {
    CR_SEASON_NONE = 0,
    CR_SEASON_SPRING,
    CR_SEASON_SUMMER,
    CR_SEASON_AUTUMN,
    CR_SEASON_WINTER,
} cr_season;

// How near the subject is.
typedef enum cr_framing {
    CR_FRAMING_NONE = 0,
    CR_FRAMING_WIDE,
    CR_FRAMING_MEDIUM,
    CR_FRAMING_CLOSE,
} cr_framing;

// Names as they stand in a composition's JSON; NULL-safe the other way: an unknown name is NONE.
const char *cr_place_name(cr_place place);
const char *cr_daytime_name(cr_daytime daytime);
const char *cr_weather_name(cr_weather weather);
const char *cr_season_name(cr_season season);
const char *cr_framing_name(cr_framing framing);
cr_place cr_place_by_name(const char *name);
cr_daytime cr_daytime_by_name(const char *name);
cr_weather cr_weather_by_name(const char *name);
cr_season cr_season_by_name(const char *name);
cr_framing cr_framing_by_name(const char *name);
