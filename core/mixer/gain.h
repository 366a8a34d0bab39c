// Decibels, pan and fades as factors. Only basic arithmetic and square roots, so that a sample is
// the same on every machine.
#pragma once

#include "project/project.h"

// At this many decibels and below there is silence.
#define CR_GAIN_SILENCE_DB (-96.0)

// 2 to the power of [x], within 1e-15 of the true value relative to it.
double cr_power_of_two(double x);

// The sine of [x] half turns: cr_sine_half_turns(0.5) is 1.
double cr_sine_half_turns(double x);

// The factor of [db] decibels: exactly 1 at 0, exactly 0 at CR_GAIN_SILENCE_DB and below.
double cr_gain_from_db(double db);

// A decibel value of the project as a factor.
double cr_gain_from_number(cr_number db);

// What [pan] (-1 left to 1 right, CR_ONE each) multiplies left and right by. One law serves mono
// and stereo: the factors are √2·cos and √2·sin of an angle from 0 to 90 degrees, so the power of
// both sides together stays the same, both are 1 in the middle, and at the end one is 0 and the
// other √2 (+3 dB). Mono sound (the same on both sides) moves from side to side; stereo sound is
// balanced, never folded onto the other side.
void cr_pan_gains(cr_number pan, double *left, double *right);

// How loud sound is when [passed] of a fade of [length] is over; 0 at its beginning, 1 at its end
// and when there is no length. Linear: x. Equal power: √x, so that two fades that cross keep the
// power. Exponential: (100^x - 1) / 99, even steps in decibels over a range of 40.
double cr_fade_gain(cr_ticks passed, cr_ticks length, cr_fade_curve curve);
