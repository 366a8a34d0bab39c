#include "broker/painter/own_icons.h"

#include <stddef.h>
#include <string.h>

#include "base/vec.h"

static const struct {
    const char *name, *shapes;
} drawings[] = {
    {"lighthouse",
     "<path fill=\"#8a93a6\" d=\"M7 30 c1-3 4-4 9-4 s8 1 9 4 z\"/>"
     "<path fill=\"#f4f4f4\" d=\"M12.600 9 h6.800 l2.100 18 h-11 z\"/>"
     "<path fill=\"#e0483e\" d=\"M12.100 13 h7.800 l.45 4 h-8.700 z M11.200 21 h9.600 l.45 4 "
     "h-10.500 z\"/>"
     "<path fill=\"#cdc4d6\" d=\"M17.500 9 h1.900 l2.100 18 h-2.800 z\"/>"
     "<rect x=\"11\" y=\"8\" width=\"10\" height=\"1.600\" rx=\".6\" fill=\"#433b6b\"/>"
     "<rect x=\"13.200\" y=\"4.200\" width=\"5.600\" height=\"4\" fill=\"#ffe98f\"/>"
     "<rect x=\"15.600\" y=\"4.200\" width=\".8\" height=\"4\" fill=\"#433b6b\"/>"
     "<path fill=\"#c0392f\" d=\"M12.200 4.400 c.6-2.400 2-3.400 3.800-3.400 s3.200 1 3.800 3.400 "
     "z\"/>"
     "<rect x=\"14.800\" y=\"23\" width=\"2.400\" height=\"4\" rx=\"1\" fill=\"#433b6b\"/>"},
    {"windmill",
     "<path fill=\"#f3e3c8\" d=\"M11.500 12 h9 l2.500 18 h-14 z\"/>"
     "<path fill=\"#d9c3a3\" d=\"M18 12 h2.500 l2.500 18 h-4 z\"/>"
     "<path fill=\"#b5533f\" d=\"M10.500 12.500 c1-4.500 3-6 5.500-6 s4.500 1.500 5.500 6 z\"/>"
     "<rect x=\"14\" y=\"24\" width=\"4\" height=\"6\" rx=\"1.800\" fill=\"#7d4533\"/>"
     "<g fill=\"#fff8ea\" stroke=\"#8c5543\" stroke-width=\".6\">"
     "<path d=\"M16 10.500 l7.600-9 2.200 2 -9 7.400 z\"/><path d=\"M16.500 11 l9 7.600 -2 2.200 "
     "-7.400-9 z\"/>"
     "<path d=\"M16 11.500 l-7.600 9 -2.200-2 9-7.400 z\"/><path d=\"M15.500 11 l-9-7.600 2-2.200 "
     "7.400 9 z\"/></g>"
     "<circle cx=\"16\" cy=\"11\" r=\"1.500\" fill=\"#7d4533\"/>"},
    {"wind-turbine",
     "<path fill=\"#e6e6ee\" d=\"M15.300 11 h1.400 l.9 20 h-3.200 z\"/>"
     "<path fill=\"#c6c9d6\" d=\"M16.100 11 h.6 l.9 20 h-1.500 z\"/>"
     "<g fill=\"#ffffff\"><path d=\"M15.400 10.500 c-1.200-3.500-.9-7 .6-10 c1.500 3 1.600 6.500 "
     ".6 10 z\"/>"
     "<path d=\"M15.600 11.600 c-2.200 2.900-5 4.800-8.400 5.600 c1.600-3 4.300-5.400 7.700-6.800 "
     "z\"/>"
     "<path d=\"M16.300 11.600 c3.600 .4 6.800 2 9 4.600 c-3.400 .2-6.700-.8-9.500-3.200 z\"/></g>"
     "<circle cx=\"16\" cy=\"11\" r=\"1.300\" fill=\"#9b9bb0\"/>"},
    {"solar-panel", "<path fill=\"#636b80\" d=\"M14.500 20 h3 v9 h4 v1.500 h-11 v-1.500 h4 z\"/>"
                    "<path fill=\"#cdd5e6\" d=\"M6.500 5 h19 l4.500 17 h-28 z\"/>"
                    "<path fill=\"#1f5fae\" d=\"M7.300 6 h17.400 l4 15 h-25.400 z\"/>"
                    "<path fill=\"none\" stroke=\"#8fc2f2\" stroke-width=\".7\" d=\"M6 11 h20 "
                    "M4.700 16 h22.600 M13 6 "
                    "l-1.500 15 M19 6 l1.500 15\"/>"
                    "<path fill=\"#5f9fe0\" opacity=\".6\" d=\"M9 6 h5 l-6 15 h-4.300 z\"/>"},
    {"beehive", "<path fill=\"#8c5543\" d=\"M5 28 h22 v2.500 h-22 z\"/>"
                "<path fill=\"#f2a93a\" d=\"M8 28 q-3.500 0-3.500-3 t3-3 q-2.500-.5-2.500-3 t3-3 "
                "q-1.500-.7-1.500-2.800 "
                "t3.500-2.700 q-.5-3.500 6-6.500 q6.500 3 6 6.500 q3.500 .6 3.500 2.700 t-1.500 "
                "2.800 q3 .5 3 3 t-2.500 3 q3 0 3 3 "
                "t-3.500 3 z\"/>"
                "<path fill=\"none\" stroke=\"#c97f22\" stroke-width=\"1\" d=\"M7.500 22 h17 M8 16 "
                "h16 M10 10.500 h12\"/>"
                "<ellipse cx=\"16\" cy=\"24.800\" rx=\"3\" ry=\"3.200\" fill=\"#5a3320\"/>"
                "<path fill=\"#ffd27a\" opacity=\".7\" d=\"M10 12 q3-5 6-6 q-3 4-3.500 6 z\"/>"},
    {"prism", "<path fill=\"#d8f0fa\" d=\"M16 4 l13 23 h-26 z\"/>"
              "<path fill=\"#b5dcf0\" d=\"M16 4 l13 23 h-9 z\"/>"
              "<path fill=\"#ffffff\" opacity=\".8\" d=\"M15 8 l-9 17 h3 l7.500-15 z\"/>"
              "<path fill=\"none\" stroke=\"#7fb5d6\" stroke-width=\".8\" "
              "stroke-linejoin=\"round\" d=\"M16 4 l13 23 "
              "h-26 z\"/>"},
    {"flying-bird",
     "<path fill=\"#4a4f66\" d=\"M1 13 C5 9 10 10 14 15 L16 16.500 L18 15 C22 10 27 9 31 13 C27 "
     "11.500 22.500 "
     "13 19.500 18 Q17.500 20.500 16 20.500 Q14.500 20.500 12.500 18 C9.500 13 5 11.500 1 13 z\"/>"
     "<path fill=\"#f2f4fa\" d=\"M14.200 18.200 Q16 20 17.800 18.200 Q17 20.500 16 20.500 Q15 "
     "20.500 14.200 "
     "18.200 z\"/>"},
    {"hot-air-balloon",
     "<path fill=\"#f2564f\" d=\"M16 1 c6 0 10 4.400 10 9.800 c0 5.200-4.500 8.800-7 12.200 h-6 "
     "c-2.500-3.400-7-7-7-12.200 c0-5.400 4-9.800 10-9.800 z\"/>"
     "<path fill=\"#ffd35c\" d=\"M16 1 c2.800 0 4.600 4.400 4.600 9.800 c0 5.200-1.600 8.800-2.600 "
     "12.200 h-4 "
     "c-1-3.400-2.600-7-2.600-12.200 c0-5.400 1.800-9.800 4.600-9.800 z\"/>"
     "<path fill=\"#4fa6ee\" d=\"M14.600 1 c-1 2-1.400 5.800-1.400 9.800 c0 5.200 .6 8.800 1.200 "
     "12.200 h3.200 "
     "c.6-3.400 1.200-7 1.200-12.200 c0-4-.4-7.800-1.400-9.800 z\" opacity=\".85\"/>"
     "<path fill=\"none\" stroke=\"#6d4534\" stroke-width=\".6\" d=\"M13.200 23 l.6 4 M18.800 23 "
     "l-.6 4\"/>"
     "<path fill=\"#a56953\" d=\"M13 26.800 h6 l-.6 4 q-.1.600-.8.600 h-3.200 q-.7 0-.8-.6 z\"/>"},
    {"watering-can",
     "<path fill=\"none\" stroke=\"#2f8f6f\" stroke-width=\"2\" d=\"M18 13 c8-4 11 6 5 12\"/>"
     "<path fill=\"#3fae88\" d=\"M11 13 h12 l1.500 15 q0 2-2 2 h-11 q-2 0-2-2 z\"/>"
     "<path fill=\"#2f8f6f\" d=\"M19 13 h4 l1.500 15 q0 2-2 2 h-2 z\"/>"
     "<path fill=\"#3fae88\" d=\"M10.500 24 l-6.500-11 1.800-1 5.700 7 z\"/>"
     "<path fill=\"#237a5c\" d=\"M1.800 13.500 l4.700-3.400 1 1.600 -4.700 3.300 z\"/>"
     "<ellipse cx=\"17\" cy=\"13\" rx=\"6\" ry=\"1.600\" fill=\"#237a5c\"/>"
     "<g fill=\"#4fb5f2\"><circle cx=\"3\" cy=\"18\" r=\".9\"/><circle cx=\"1.800\" cy=\"21.500\" "
     "r=\".9\"/>"
     "<circle cx=\"4.600\" cy=\"21\" r=\".9\"/><circle cx=\"3.200\" cy=\"25\" r=\".9\"/></g>"},
};

const char *cr_own_icon(const char *name)
{
    for (size_t i = 0; i < CR_COUNT_OF(drawings); i++)
        if (!strcmp(drawings[i].name, name)) return drawings[i].shapes;
    return NULL;
}
