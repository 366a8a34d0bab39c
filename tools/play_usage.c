#include "play_usage.h"

const char play_usage[] =
    "usage: cutroom play FILE [options]\n"
    "\n"
    "Plays a project (.json) or a media file in a window.\n"
    "\n"
    "      --from TIME       begin there: 12.5, 0:12.5 or timecode 00:00:12:15\n"
    "      --frames N        end after N pictures, or at the film's end\n"
    "      --quality NAME    full, half, quarter or auto (auto)\n"
    "      --loop            play again and again\n"
    "      --mute            without sound\n"
    "      --paused          wait at the beginning\n"
    "  -h, --help            this text\n"
    "\n"
    "Keys: space plays and pauses; J, K and L shuttle back, stop and shuttle on, faster with\n"
    "every press; left and right step a picture, with shift ten; up and down go to cuts; Home\n"
    "and End; I and O set the loop's ends, X takes it away; + and - change the quality; M mutes,\n"
    "9 and 0 change the volume; F fills the screen; Esc and Q end. Drag with the mouse to scrub.\n";
