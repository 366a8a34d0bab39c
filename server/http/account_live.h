// flow: person -> [http] -> rights of a live connection
// Who is at a live connection of a server with accounts, and what they may see there.
#pragma once

#include "http/account_answer.h"
#include "live/live.h"

// Writes down, for the connection that the request becomes, who has asked.
void cr_account_note(const cr_account_call *call, unsigned char note[CR_HTTP_NOTE_BYTES]);

// By the accounts, which are borrowed and outlive the connections.
cr_live_rights cr_account_rights(cr_accounts *accounts);
