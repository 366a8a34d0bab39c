#include "broker/painter/icon_body.h"

#include "base/vec.h"
#include "broker/painter/dice.h"

static const uint32_t shirts[] = {0x3F8FD9, 0xE0604F, 0x4FA67A, 0xF2A33A,
                                  0x8F6FD0, 0x2FA6A6, 0xD95F8F, 0x5F7FB5};
static const uint32_t trousers[] = {0x34507F, 0x4A4A66, 0x6B5240, 0x3F6B6B, 0x5A4A7F};

typedef struct fur {
    cr_body body;
    uint32_t main, belly, feet, tail_tip;
    int tail; // 0 none, 1 bushy, 2 thin with a tuft, 3 a stub
} fur;

static const fur furs[] = {
    {CR_BODY_FOX, 0xFF822D, 0xFFDEA7, 0x6D4534, 0xFFDEA7, 1},
    {CR_BODY_BEAR, 0xA56953, 0xC98F6F, 0x8C5543, 0xA56953, 3},
    {CR_BODY_PANDA, 0xF4F4F4, 0xFFFFFF, 0x433B6B, 0xF4F4F4, 3},
    {CR_BODY_POLAR_BEAR, 0xF4F4F4, 0xFFFFFF, 0xD3D3D3, 0xF4F4F4, 3},
    {CR_BODY_KOALA, 0x9B9B9B, 0xE6E6E6, 0x7F7F7F, 0x9B9B9B, 0},
    {CR_BODY_LION, 0xFFB02E, 0xFFDEA7, 0xD3883E, 0x6D4534, 2},
    {CR_BODY_WOLF, 0x9B9B9B, 0xE6E6E6, 0x7A7A7A, 0xD3D3D3, 1},
    {CR_BODY_FROG, 0x00D26A, 0xFFF478, 0x00B55A, 0x00D26A, 0},
    {CR_BODY_HAMSTER, 0xF3AD61, 0xFFF0D6, 0xFF8687, 0xF3AD61, 3},
    {CR_BODY_RACCOON, 0x9B9B9B, 0xD3D3D3, 0x636363, 0x636363, 1},
};

static void add_legs(cr_str *svg, double top, double length, uint32_t cloth)
{
    for (int side = 0; side < 2; side++) {
        double x = side ? 16.6 : 9.4;
        cr_str_addf(svg,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"%.1f\" rx=\"2\" "
                    "fill=\"#%06x\"/>",
                    x, top, length, cloth);
        cr_str_addf(svg,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"8\" height=\"4\" rx=\"2\" "
                    "fill=\"#3a3346\"/>",
                    side ? x - 0.2 : x - 1.8, top + length - 2.4);
    }
}

static double add_person(cr_str *svg, cr_body body, uint32_t skin, uint64_t seed)
{
    cr_dice dice = cr_dice_make(seed, 7);
    uint32_t shirt = shirts[cr_dice_below(&dice, (int)CR_COUNT_OF(shirts))];
    uint32_t dark = cr_ink_to_hex(cr_ink_shade(cr_ink_hex(shirt), -0.16));
    uint32_t cloth = trousers[cr_dice_below(&dice, (int)CR_COUNT_OF(trousers))];
    double legs = body == CR_BODY_CHILD ? 8 : 13;
    add_legs(svg, 42, legs, body == CR_BODY_SKIRT ? skin : cloth);
    for (int side = 0; side < 2; side++) {
        double x = side ? 24.2 : 3.8;
        double turn = side ? -12 : 12;
        cr_str_addf(svg,
                    "<g transform=\"rotate(%.0f %.1f 30)\"><circle cx=\"%.1f\" cy=\"43.4\" "
                    "r=\"2.3\" fill=\"#%06x\"/><rect x=\"%.1f\" y=\"28.4\" width=\"4.6\" "
                    "height=\"14\" rx=\"2.3\" fill=\"#%06x\"/></g>",
                    turn, x + 2, x + 2, skin, x - 0.3, dark);
    }
    cr_str_addf(svg, "<path fill=\"#%06x\" d=\"M6.5 %d V32 c0-5 4-6 9.5-6 s9.5 1 9.5 6 V%d z\"/>",
                shirt, 45, 45);
    if (body == CR_BODY_SKIRT)
        cr_str_addf(svg, "<path fill=\"#%06x\" d=\"M8 41 h16 l4.5 9 c-4 2-21 2-25 0 z\"/>", dark);
    else
        cr_str_addf(svg, "<path fill=\"#%06x\" d=\"M6.5 43 h19 v2.5 q-9.5 2-19 0 z\"/>", cloth);
    cr_str_addf(svg,
                "<rect x=\"12.5\" y=\"24\" width=\"7\" height=\"6\" rx=\"3\" "
                "fill=\"#%06x\"/>",
                cr_ink_to_hex(cr_ink_shade(cr_ink_hex(skin), -0.14)));
    return 42 + legs + 1.8;
}

static void add_tail(cr_str *svg, const fur *of)
{
    if (of->tail == 1) {
        cr_str_addf(svg,
                    "<path fill=\"#%06x\" d=\"M20 48 C32 50 38 40 33 30 C31 26 27 27 27 31 C28 38 "
                    "24 42 19 42 z\"/>",
                    of->main);
        cr_str_addf(svg,
                    "<path fill=\"#%06x\" d=\"M34.6 35.5 C34.6 33 34 31.5 33 30 C31 26 27 27 27 31 "
                    "c.2 1.400 .2 2.700 0 3.800 c2.500 1.500 5 1.700 7.600 .7 z\"/>",
                    of->tail_tip);
    } else if (of->tail == 2) {
        cr_str_addf(svg,
                    "<path fill=\"none\" stroke=\"#%06x\" stroke-width=\"2.4\" "
                    "stroke-linecap=\"round\" d=\"M24 47 C32 48 33 42 31 37\"/>",
                    of->main);
        cr_str_addf(svg,
                    "<ellipse cx=\"31\" cy=\"35.500\" rx=\"2.600\" ry=\"3.600\" "
                    "fill=\"#%06x\"/>",
                    of->tail_tip);
    } else if (of->tail == 3) {
        cr_str_addf(svg, "<circle cx=\"26.500\" cy=\"45\" r=\"3\" fill=\"#%06x\"/>", of->tail_tip);
    }
}

static double add_animal(cr_str *svg, const fur *of)
{
    bool is_panda = of->body == CR_BODY_PANDA;
    uint32_t shade = cr_ink_to_hex(cr_ink_shade(cr_ink_hex(of->main), -0.1));
    uint32_t limb = is_panda ? of->feet : shade;
    add_tail(svg, of);
    // Haunches, trunk, belly, arms, feet.
    cr_str_addf(svg,
                "<ellipse cx=\"8.500\" cy=\"45\" rx=\"5.500\" ry=\"6\" fill=\"#%06x\"/>"
                "<ellipse cx=\"23.500\" cy=\"45\" rx=\"5.500\" ry=\"6\" fill=\"#%06x\"/>",
                limb, limb);
    cr_str_addf(svg,
                "<path fill=\"#%06x\" d=\"M16 24 c7 0 9.500 8 9.500 15 c0 8-3 11.500-9.500 11.500 "
                "s-9.500-3.500-9.500-11.500 c0-7 2.500-15 9.500-15 z\"/>",
                of->main);
    cr_str_addf(svg, "<ellipse cx=\"16\" cy=\"40\" rx=\"6\" ry=\"9.500\" fill=\"#%06x\"/>",
                of->belly);
    for (int side = 0; side < 2; side++) {
        double x = side ? 18.6 : 8.9;
        cr_str_addf(svg,
                    "<rect x=\"%.1f\" y=\"31\" width=\"4.600\" height=\"18.500\" rx=\"2.300\" "
                    "fill=\"#%06x\"/><ellipse cx=\"%.1f\" cy=\"49.400\" rx=\"4\" ry=\"2.400\" "
                    "fill=\"#%06x\"/>",
                    x, limb, x + 2, of->feet);
    }
    return 52;
}

double cr_icon_body_add(cr_str *svg, cr_body body, uint32_t skin, uint64_t seed)
{
    if (body == CR_BODY_BUST) {
        cr_dice dice = cr_dice_make(seed, 8);
        add_legs(svg, 27, 15, trousers[cr_dice_below(&dice, (int)CR_COUNT_OF(trousers))]);
        return 44;
    }
    if (body == CR_BODY_PERSON || body == CR_BODY_SKIRT || body == CR_BODY_CHILD)
        return add_person(svg, body, skin, seed);
    for (size_t i = 0; i < CR_COUNT_OF(furs); i++)
        if (furs[i].body == body) return add_animal(svg, &furs[i]);
    return 32;
}
