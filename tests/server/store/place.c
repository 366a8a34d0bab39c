#include "place.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static const char *database(void)
{
    return getenv("CUTROOM_TEST_DATABASE");
}

bool place_is_file(void)
{
    return !database();
}

const char *place_path(const char *file)
{
    return place_is_file() ? file : database();
}

static void forget_file(const char *file)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char *name = cr_format("%s%s", file, endings[i]);
        unlink(name);
        cr_free(name);
    }
}

void place_forget(const char *file)
{
    if (place_is_file()) {
        forget_file(file);
        return;
    }
    PGconn *connection = PQconnectdb(database());
    PGresult *result = PQexec(connection, "SET client_min_messages = warning;"
                                          " DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

char *place_ask(cr_store *store, const char *sql)
{
    cr_query query;
    assert_int_equal(cr_query_open(&query, store, NULL, sql, ""), CR_OK);
    char *value = cr_query_next(&query, NULL) == CR_OK ? cr_query_text(&query, 0) : cr_strdup("");
    cr_query_close(&query);
    return value;
}
