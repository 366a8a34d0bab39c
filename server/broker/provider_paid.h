// The wires: each fills in what its service judges by and how its makers work.
#pragma once

#include "broker/paid.h"

void cr_openai_service(cr_paid_service *service); // Groq, llama.cpp, Ollama too
void cr_openai_maker(cr_paid_maker *maker);       // questions and scripts

void cr_replicate_service(cr_paid_service *service);
void cr_replicate_maker(cr_paid_maker *maker);

void cr_elevenlabs_service(cr_paid_service *service);
void cr_elevenlabs_maker(cr_paid_maker *maker); // voices

void cr_minimax_service(cr_paid_service *service);
void cr_minimax_maker(cr_paid_maker *maker); // voices and music

void cr_google_service(cr_paid_service *service);
void cr_google_maker(cr_paid_maker *maker); // motion and music
