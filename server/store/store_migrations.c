// The tables, as numbered steps that only go forward. A step that was released is never changed:
// what it did wrong, a later one puts right.
#include "store/store_query.h"

#include "base/vec.h"

typedef struct migration {
    const char *name;
    const char *sql;
} migration;

static const char first_tables[] =
    "CREATE TABLE video_projects ("
    " id TEXT PRIMARY KEY,"
    " prompt TEXT NOT NULL,"
    " brief TEXT NOT NULL,"
    " created_ms INTEGER NOT NULL,"
    " changed_ms INTEGER NOT NULL);"
    "CREATE TABLE jobs ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " project TEXT NOT NULL REFERENCES video_projects (id),"
    " unit TEXT NOT NULL,"
    " scene INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " provider TEXT NOT NULL,"
    " provider_version INTEGER NOT NULL,"
    " input_hash TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN"
    "  ('waiting', 'submitted', 'running', 'done', 'failed', 'canceled')),"
    " external_id TEXT,"
    " owner TEXT,"
    " lease_until_ms INTEGER NOT NULL DEFAULT 0,"
    " attempts INTEGER NOT NULL DEFAULT 0,"
    " input TEXT NOT NULL,"
    " output TEXT,"
    " error TEXT,"
    " cost INTEGER NOT NULL DEFAULT 0,"
    " created_ms INTEGER NOT NULL,"
    " changed_ms INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX jobs_once ON jobs (project, unit, input_hash) WHERE state <> 'canceled';"
    "CREATE INDEX jobs_live ON jobs (owner) WHERE state IN ('waiting', 'submitted', 'running');"
    "CREATE TABLE scenes ("
    " project TEXT NOT NULL REFERENCES video_projects (id),"
    " script TEXT NOT NULL,"
    " number INTEGER NOT NULL,"
    " heading TEXT NOT NULL,"
    " narration TEXT NOT NULL,"
    " visual TEXT NOT NULL,"
    " shot TEXT NOT NULL,"
    " on_screen TEXT NOT NULL,"
    " is_presenter INTEGER NOT NULL,"
    " variant INTEGER NOT NULL DEFAULT 0,"
    " note TEXT NOT NULL DEFAULT '',"
    " base TEXT,"
    " words_plan INTEGER NOT NULL,"
    " PRIMARY KEY (project, script, number));"
    "CREATE TABLE shot_images ("
    " job INTEGER PRIMARY KEY REFERENCES jobs (id),"
    " project TEXT NOT NULL,"
    " scene INTEGER NOT NULL,"
    " shot INTEGER NOT NULL DEFAULT 1,"
    " variant INTEGER NOT NULL,"
    " file TEXT NOT NULL,"
    " alt TEXT NOT NULL,"
    " spec TEXT);"
    "CREATE TABLE video_clips ("
    " job INTEGER PRIMARY KEY REFERENCES jobs (id),"
    " project TEXT NOT NULL,"
    " scene INTEGER NOT NULL,"
    " shot INTEGER NOT NULL DEFAULT 1,"
    " file TEXT NOT NULL,"
    " duration INTEGER NOT NULL);"
    "CREATE TABLE audio_assets ("
    " job INTEGER PRIMARY KEY REFERENCES jobs (id),"
    " project TEXT NOT NULL,"
    " scene INTEGER NOT NULL,"
    " role TEXT NOT NULL CHECK (role IN ('voice', 'music')),"
    " file TEXT NOT NULL,"
    " duration INTEGER NOT NULL);"
    "CREATE TABLE editor_projects ("
    " project TEXT PRIMARY KEY REFERENCES video_projects (id),"
    " hash TEXT NOT NULL,"
    " file TEXT NOT NULL,"
    " changed_ms INTEGER NOT NULL);"
    "CREATE TABLE event ("
    " rev INTEGER PRIMARY KEY AUTOINCREMENT,"
    " project TEXT NOT NULL,"
    " body TEXT NOT NULL);"
    "CREATE INDEX event_project ON event (project, rev);";

static const char call_tables[] = "CREATE TABLE calls ("
                                  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                                  " project TEXT NOT NULL,"
                                  " job TEXT NOT NULL,"
                                  " provider TEXT NOT NULL,"
                                  " model TEXT NOT NULL,"
                                  " request TEXT NOT NULL,"
                                  " state TEXT NOT NULL CHECK (state IN"
                                  "  ('intended', 'accepted', 'bought', 'free', 'lost')),"
                                  " external_id TEXT,"
                                  " note TEXT,"
                                  " reserved INTEGER NOT NULL,"
                                  " cost INTEGER NOT NULL DEFAULT 0,"
                                  " created_ms INTEGER NOT NULL,"
                                  " changed_ms INTEGER NOT NULL);"
                                  "CREATE INDEX calls_job ON calls (project, job);"
                                  "CREATE INDEX calls_external ON calls (provider, external_id);"
                                  "CREATE TABLE budgets ("
                                  " project TEXT PRIMARY KEY,"
                                  " cap INTEGER NOT NULL);";

static const char account_tables[] = "CREATE TABLE users ("
                                     " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                                     " name TEXT NOT NULL UNIQUE,"
                                     " password TEXT NOT NULL,"
                                     " is_admin INTEGER NOT NULL,"
                                     " created_ms INTEGER NOT NULL);"
                                     "CREATE TABLE user_keys ("
                                     " hash TEXT PRIMARY KEY,"
                                     " kind TEXT NOT NULL CHECK (kind IN"
                                     "  ('session', 'token', 'invitation')),"
                                     " user_id INTEGER NOT NULL,"
                                     " scope TEXT NOT NULL CHECK (scope IN"
                                     "  ('read', 'write', 'admin')),"
                                     " expires_ms INTEGER NOT NULL);"
                                     "CREATE TABLE film_roles ("
                                     " film TEXT NOT NULL,"
                                     " user_id INTEGER NOT NULL REFERENCES users (id),"
                                     " role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),"
                                     " PRIMARY KEY (film, user_id));"
                                     "CREATE TABLE audit ("
                                     " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                                     " at_ms INTEGER NOT NULL,"
                                     " who TEXT NOT NULL,"
                                     " what TEXT NOT NULL,"
                                     " about TEXT NOT NULL);";

static const char edit_tables[] = "CREATE TABLE edits ("
                                  " project TEXT NOT NULL,"
                                  " sequence INTEGER NOT NULL,"
                                  " id TEXT NOT NULL,"
                                  " person TEXT NOT NULL,"
                                  " name TEXT NOT NULL,"
                                  " edit TEXT NOT NULL,"
                                  " made_ms INTEGER NOT NULL,"
                                  " PRIMARY KEY (project, sequence));"
                                  "CREATE UNIQUE INDEX edits_once ON edits (project, id);"
                                  "CREATE TABLE desks ("
                                  " project TEXT PRIMARY KEY,"
                                  " sequence INTEGER NOT NULL,"
                                  " snapshot TEXT NOT NULL,"
                                  " base TEXT NOT NULL,"
                                  " written TEXT NOT NULL);";

// Keys say what they are for, and where they were used; invitations lead into films.
static const char key_tables[] =
    "CREATE TABLE account_keys ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " hash TEXT NOT NULL UNIQUE,"
    " kind TEXT NOT NULL CHECK (kind IN ('session', 'token', 'invitation', 'reset')),"
    " user_id INTEGER NOT NULL,"
    " scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),"
    " label TEXT NOT NULL,"
    " film TEXT NOT NULL,"
    " role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 3),"
    " created_ms INTEGER NOT NULL,"
    " seen_ms INTEGER NOT NULL,"
    " expires_ms INTEGER NOT NULL);"
    "CREATE INDEX account_keys_user ON account_keys (user_id, kind);"
    "CREATE INDEX account_keys_film ON account_keys (film, kind);"
    "INSERT INTO account_keys (hash, kind, user_id, scope, label, film, role, created_ms, seen_ms,"
    " expires_ms) SELECT hash, kind, user_id, scope, '', '', 0, 0, 0, expires_ms FROM user_keys;"
    "DROP TABLE user_keys;"
    "ALTER TABLE users ADD COLUMN is_disabled INTEGER NOT NULL DEFAULT 0;";

static const migration migrations[] = {
    {"the first tables", first_tables}, {"calls of paid services", call_tables},
    {"accounts", account_tables},       {"edits of projects", edit_tables},
    {"keys of accounts", key_tables},
};

static cr_status applied_version(cr_store *store, int64_t *out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault, "SELECT coalesce(max(version), 0) FROM migrations", "");
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *out = cr_query_int(&query, 0);
    cr_query_close(&query);
    return status;
}

static cr_status apply(cr_store *store, int64_t version, cr_fault *fault)
{
    const migration *step = &migrations[version - 1];
    cr_status status = store->backend->script(store, step->sql, fault);
    if (status != CR_OK) return status;
    return cr_store_run(store, fault,
                        "INSERT INTO migrations (version, name, applied)"
                        " VALUES (?, ?, CAST(CURRENT_TIMESTAMP AS TEXT))",
                        "it", version, step->name);
}

// Within a transaction, so that two processes that start at once do it once.
static cr_status migrate(cr_store *store, cr_fault *fault)
{
    cr_status status = cr_store_run(store, fault,
                                    "CREATE TABLE IF NOT EXISTS migrations ("
                                    " version INTEGER PRIMARY KEY,"
                                    " name TEXT NOT NULL,"
                                    " applied TEXT NOT NULL)",
                                    "");
    int64_t version = 0, newest = (int64_t)CR_COUNT_OF(migrations);
    if (status == CR_OK) status = applied_version(store, &version, fault);
    if (status == CR_OK && version > newest)
        return cr_fail(fault, CR_UNSUPPORTED, store->path,
                       "a newer version of Cutroom has written this database (its tables are "
                       "version %lld, this program knows up to %lld)",
                       (long long)version, (long long)newest);
    while (status == CR_OK && version < newest)
        status = apply(store, ++version, fault);
    return status;
}

cr_status cr_store_migrate(cr_store *store, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    return cr_store_end(store, migrate(store, fault), fault);
}
