// The wires: each fills in what its service judges by and how its makers work.
#pragma once

#include "broker/paid.h"

// Questions and scripts; Groq, llama.cpp and Ollama speak this wire too.
void cr_openai_service(cr_paid_service *service);
void cr_openai_maker(cr_paid_maker *maker);
// Its voices and pictures, which cr_openai_maker hands on.
void cr_openai_media_maker(cr_paid_maker *maker);

// Pictures, motion, music, talking heads.
void cr_replicate_service(cr_paid_service *service);
void cr_replicate_maker(cr_paid_maker *maker);

// Voices.
void cr_elevenlabs_service(cr_paid_service *service);
void cr_elevenlabs_maker(cr_paid_maker *maker);

// Voices and music.
void cr_minimax_service(cr_paid_service *service);
void cr_minimax_maker(cr_paid_maker *maker);

// Motion by the Gemini API, music by Vertex AI, which fails in the same words.
void cr_google_service(cr_paid_service *service);
void cr_google_maker(cr_paid_maker *maker);
void cr_vertex_maker(cr_paid_maker *maker);
