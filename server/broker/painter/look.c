#include "broker/painter/look.h"

#include <string.h>

#include "base/vec.h"

typedef struct palette {
    const char *name;
    cr_daytime daytime;
    uint32_t sky_top, sky_middle, sky_low;
    uint32_t land_far, land_near, leaf;
    uint32_t flowers[4];
    uint32_t water, wall, wood, accent, cloth, key;
} palette;

static const palette palettes[] = {
    {"meadow",
     CR_DAYTIME_DAY,
     0x3FA0E8,
     0x8CCBF2,
     0xE4F4E6,
     0x9CCB86,
     0x4FA34A,
     0x3E9142,
     {0xFFFFFF, 0xFFC933, 0xF2647D, 0x9B7BE8},
     0x3E9BD6,
     0xF4E3C1,
     0xB98252,
     0xF2894B,
     0x4F9E8F,
     0xFFE9A8},
    {"dawn",
     CR_DAYTIME_DAWN,
     0x6C8FD6,
     0xF3B7B0,
     0xFFE3B5,
     0xC0A9A9,
     0x6D8F62,
     0x5B8A58,
     {0xFFF1D6, 0xFFB35C, 0xF07C8A, 0xB98AD9},
     0x7FA3CF,
     0xF6D9BE,
     0xB07850,
     0xEF7F5A,
     0x7C88B8,
     0xFFC9A0},
    {"night",
     CR_DAYTIME_NIGHT,
     0x0D1746,
     0x24397F,
     0x5973B5,
     0x6C8FA0,
     0x3F7F63,
     0x34735A,
     {0xDDE6FF, 0xFFD773, 0xE58BB0, 0x9D8BF0},
     0x3C64A8,
     0xC9B9D6,
     0x8A6552,
     0xF2B35C,
     0x5A62A6,
     0x9FB2FF},
    {"ocean",
     CR_DAYTIME_DAY,
     0x1F86CF,
     0x6FC4EA,
     0xD8F3F0,
     0x7DB9B0,
     0x3F9A86,
     0x2F8F7A,
     {0xFFFFFF, 0xFFD25C, 0xFF7F6B, 0x6FB9F2},
     0x1583BF,
     0xDDEFEF,
     0xB58B62,
     0xFF8A5C,
     0x2F7FB5,
     0xBFF2F0},
    {"desert",
     CR_DAYTIME_DAY,
     0x4BA3D9,
     0xA9D3E0,
     0xFCE6BE,
     0xE2B47A,
     0xD58F4C,
     0x7F9A4F,
     {0xFFF3D6, 0xFFC24D, 0xE8604C, 0xC97FB5},
     0x4BA0B5,
     0xF2D3A4,
     0xA9683C,
     0xD9583B,
     0x8F6FA0,
     0xFFD79A},
    {"forest",
     CR_DAYTIME_DAY,
     0x6DB7C9,
     0xB5DCC9,
     0xF0F3CF,
     0x86AF86,
     0x3B7F4C,
     0x2E7342,
     {0xFFFFFF, 0xFFD35C, 0xE8685A, 0x8FA8F0},
     0x4C93A0,
     0xE6DDBF,
     0x8F6440,
     0xE08A3C,
     0x4F7F5C,
     0xDDF0A8},
    {"city",
     CR_DAYTIME_DAY,
     0x4C8FDB,
     0x9CC7EE,
     0xF3E7DD,
     0x9BBBB0,
     0x6BA36F,
     0x4F9A66,
     {0xFFFFFF, 0xFFC94D, 0xF06A6A, 0x7F8FF0},
     0x4F93C9,
     0xEDE6DD,
     0xA8795A,
     0xF07A4F,
     0x5C7FC2,
     0xFFE2C9},
    {"space",
     CR_DAYTIME_NIGHT,
     0x0A0B2B,
     0x1F1D5C,
     0x4B3A8F,
     0x8A7FC2,
     0x5A5AA6,
     0x3F7F8F,
     {0xE6E6FF, 0xFFD35C, 0xFF7FA6, 0x7FD9F2},
     0x3F4FA6,
     0xBDB5E6,
     0x7A5F8F,
     0xFF9A5C,
     0x5F5FC9,
     0xB5A8FF},
    {"candy",
     CR_DAYTIME_DAY,
     0x7FA8F5,
     0xF5B5E0,
     0xFFE6DD,
     0xB5D9C2,
     0x7FC9A0,
     0x5FBF94,
     {0xFFFFFF, 0xFFD95C, 0xFF7FAE, 0xB08FF5},
     0x6FB9F0,
     0xFFE3EE,
     0xC98F75,
     0xFF7F9F,
     0x8F8FF0,
     0xFFD6EA},
    {"autumn",
     CR_DAYTIME_DAY,
     0x6FA6C9,
     0xC9D3C9,
     0xFBE3B9,
     0xCFA36A,
     0xB0762F,
     0xD9822B,
     {0xFFF0CF, 0xFFC23F, 0xD9522B, 0x9F5F3F},
     0x5F8FA0,
     0xF0DCBF,
     0x8F5A3A,
     0xD9602B,
     0x7F7F4F,
     0xFFCF8F},
    {"snow",
     CR_DAYTIME_DAY,
     0x6FA9DD,
     0xB9DAF0,
     0xF5F3F5,
     0xC9DCEB,
     0xEAF2F9,
     0x4F7F7A,
     {0xFFFFFF, 0xFFDD8F, 0xE86F7A, 0x8FB5F0},
     0x7FB0D6,
     0xE8E8F0,
     0x9A7A66,
     0xE0605C,
     0x5F86B5,
     0xE2EEFF},
    {"paper",
     CR_DAYTIME_DAY,
     0x9CC3D6,
     0xD3E2DC,
     0xF7EFDD,
     0xC6CDAF,
     0x9BB088,
     0x7F9F6F,
     {0xFFFFFF, 0xF2C45C, 0xE07F6A, 0x8F9FC9},
     0x7FAFC2,
     0xF5EBD6,
     0xB08D6A,
     0xE07F4F,
     0x7F9AA8,
     0xFBF0D6},
};

static const palette *palette_by_name(const char *name)
{
    for (size_t i = 0; name && i < CR_COUNT_OF(palettes); i++)
        if (!strcmp(palettes[i].name, name)) return &palettes[i];
    return NULL;
}

bool cr_palette_exists(const char *name)
{
    return palette_by_name(name) != NULL;
}

cr_daytime cr_palette_daytime(const char *name)
{
    const palette *found = palette_by_name(name);
    return found ? found->daytime : CR_DAYTIME_DAY;
}

static bool place_is_indoor(cr_place place)
{
    return place >= CR_PLACE_BAKERY && place <= CR_PLACE_STAGE;
}

static void set_sky(cr_look *look, uint32_t top, uint32_t middle, uint32_t low, double amount)
{
    look->sky_top = cr_ink_mix(look->sky_top, cr_ink_hex(top), amount);
    look->sky_middle = cr_ink_mix(look->sky_middle, cr_ink_hex(middle), amount);
    look->sky_low = cr_ink_mix(look->sky_low, cr_ink_hex(low), amount);
}

static void apply_daytime(cr_look *look, cr_daytime daytime, bool is_own)
{
    // A palette made for this hour keeps its own sky.
    double amount = is_own ? 0.15 : 0.85;
    look->sun = cr_ink_hex(0xFFF3C4);
    look->light = cr_ink_hex(0xFFFFFF);
    look->light_amount = 0;
    if (daytime == CR_DAYTIME_DAWN) {
        set_sky(look, 0x6B8DD9, 0xF5B3A6, 0xFFE2AE, amount);
        look->sun = cr_ink_hex(0xFFE7A8);
        look->light = cr_ink_hex(0xFFDCC4);
        look->light_amount = 0.45;
    } else if (daytime == CR_DAYTIME_SUNSET) {
        set_sky(look, 0x3F4391, 0xE0667F, 0xFFB765, amount);
        look->sun = cr_ink_hex(0xFFD27A);
        look->light = cr_ink_hex(0xFFA98A);
        look->light_amount = 0.55;
    } else if (daytime == CR_DAYTIME_NIGHT) {
        set_sky(look, 0x0C1547, 0x233A86, 0x5F7CC0, amount);
        look->sun = cr_ink_hex(0xFFF5D6);
        look->light = cr_ink_hex(0x5F7FD0);
        look->light_amount = 0.66;
        look->is_dark = true;
    }
}

static void apply_weather(cr_look *look, cr_weather weather, cr_daytime daytime)
{
    bool is_night = daytime == CR_DAYTIME_NIGHT;
    if (weather == CR_WEATHER_RAIN || weather == CR_WEATHER_STORM) {
        double amount = weather == CR_WEATHER_STORM ? 0.85 : 0.7;
        if (is_night)
            set_sky(look, 0x131A33, 0x2B3757, 0x4B5A7D, amount);
        else
            set_sky(look, 0x3F4C66, 0x6D7C94, 0xA5B2C0, amount);
        look->light = cr_ink_multiply(look->light, cr_ink_hex(0xA9B8D0));
        look->light_amount = look->light_amount < 0.6 ? 0.6 : look->light_amount;
    } else if (weather == CR_WEATHER_SNOW) {
        set_sky(look, is_night ? 0x1B2750 : 0x93AECB, is_night ? 0x37497C : 0xBFD0E2,
                is_night ? 0x7183AE : 0xEDF2F7, 0.6);
    } else if (weather == CR_WEATHER_FOG) {
        set_sky(look, is_night ? 0x2B3454 : 0xB5C4CF, is_night ? 0x46506F : 0xCCD7DD,
                is_night ? 0x6A7390 : 0xE6EBEC, 0.75);
    } else if (weather == CR_WEATHER_CLOUDY) {
        set_sky(look, 0x7E9BBD, 0xAFC3D6, 0xE3E8EA, is_night ? 0.1 : 0.4);
    }
}

static void apply_season(cr_look *look, cr_season season)
{
    if (season == CR_SEASON_AUTUMN) {
        look->leaf = cr_ink_mix(look->leaf, cr_ink_hex(0xD97F27), 0.8);
        look->land_near = cr_ink_mix(look->land_near, cr_ink_hex(0xB5893B), 0.55);
        look->land_far = cr_ink_mix(look->land_far, cr_ink_hex(0xD6B06F), 0.55);
    } else if (season == CR_SEASON_WINTER) {
        look->leaf = cr_ink_mix(look->leaf, cr_ink_hex(0x4A7C78), 0.7);
        look->land_near = cr_ink_hex(0xEDF3FA);
        look->land_far = cr_ink_hex(0xCBDCEC);
    } else if (season == CR_SEASON_SPRING) {
        look->leaf = cr_ink_mix(look->leaf, cr_ink_hex(0x7CC24A), 0.5);
        look->land_near = cr_ink_mix(look->land_near, cr_ink_hex(0x74BF4F), 0.4);
    }
}

static cr_ink in_light(const cr_look *look, cr_ink ink)
{
    // Multiplying alone goes muddy: a little of the light's own colour is added back.
    cr_ink dimmed = cr_ink_multiply(ink, cr_ink_shade(look->light, 0.08));
    return cr_ink_mix(ink, cr_ink_mix(dimmed, look->light, 0.06), look->light_amount);
}

static void light_materials(cr_look *look)
{
    cr_ink *const inks[] = {
        &look->land_far,   &look->land_near,  &look->leaf,       &look->trunk,
        &look->flowers[0], &look->flowers[1], &look->flowers[2], &look->flowers[3],
        &look->water_far,  &look->water_near, &look->wall,       &look->wood,
        &look->accent,     &look->cloth,
    };
    for (size_t i = 0; i < CR_COUNT_OF(inks); i++)
        *inks[i] = in_light(look, *inks[i]);
}

cr_look cr_look_make(const char *palette_name, cr_place place, cr_daytime daytime,
                     cr_weather weather, cr_season season, double warmth)
{
    const palette *from = palette_by_name(palette_name);
    if (!from) from = &palettes[0];
    cr_look look = {.sky_top = cr_ink_hex(from->sky_top),
                    .sky_middle = cr_ink_hex(from->sky_middle),
                    .sky_low = cr_ink_hex(from->sky_low),
                    .land_far = cr_ink_hex(from->land_far),
                    .land_near = cr_ink_hex(from->land_near),
                    .leaf = cr_ink_hex(from->leaf),
                    .trunk = cr_ink_hex(0x7A5138),
                    .water_near = cr_ink_hex(from->water),
                    .wall = cr_ink_hex(from->wall),
                    .wood = cr_ink_hex(from->wood),
                    .accent = cr_ink_hex(from->accent),
                    .cloth = cr_ink_hex(from->cloth),
                    .key = cr_ink_hex(from->key),
                    .is_indoor = place_is_indoor(place)};
    for (int i = 0; i < 4; i++)
        look.flowers[i] = cr_ink_hex(from->flowers[i]);
    // A palette of the night by day takes the sky of an ordinary day.
    if (daytime == CR_DAYTIME_DAY && from->daytime != CR_DAYTIME_DAY)
        set_sky(&look, 0x3FA0E8, 0x8CCBF2, 0xE4F4E6, 1);
    apply_season(&look, season);
    apply_daytime(&look, daytime, from->daytime == daytime && daytime != CR_DAYTIME_DAY);
    apply_weather(&look, weather, daytime);
    if (look.is_indoor && look.is_dark) {
        // A lamp is lit: warmer and lighter than the night outside.
        look.light = cr_ink_hex(0xB79AA8);
        look.light_amount = 0.55;
    }
    cr_ink warm = warmth >= 0 ? cr_ink_hex(0xFFB36B) : cr_ink_hex(0x7FB0FF);
    double strength = warmth >= 0 ? warmth : -warmth;
    look.light = cr_ink_mix(look.light, warm, 0.6 * strength);
    look.light_amount += (1 - look.light_amount) * 0.45 * strength;
    look.sky_low = cr_ink_mix(look.sky_low, warm, 0.4 * strength);
    look.sky_middle = cr_ink_mix(look.sky_middle, warm, 0.2 * strength);
    light_materials(&look);
    if (weather == CR_WEATHER_STORM || weather == CR_WEATHER_RAIN) {
        cr_ink grey = cr_ink_hex(look.is_dark ? 0x16243F : 0x34526B);
        look.water_near = cr_ink_mix(look.water_near, grey, 0.6);
    }
    look.leaf_dark = cr_ink_shade(look.leaf, -0.28);
    look.water_far = cr_ink_mix(look.water_near, look.sky_low, 0.45);
    look.haze = cr_ink_mix(look.sky_low, look.sky_middle, 0.35);
    return look;
}

cr_ink cr_look_lit(const cr_look *look, uint32_t rgb)
{
    cr_ink ink = cr_ink_hex(rgb);
    return in_light(look, cr_ink_mix(ink, cr_ink_multiply(ink, look->key), 0.22));
}

cr_ink cr_look_distant(const cr_look *look, cr_ink ink, double distance)
{
    return cr_ink_mix(ink, look->haze, distance * 0.8);
}
