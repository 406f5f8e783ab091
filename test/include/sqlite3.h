// Imitation of SQLite for tests.

#ifndef TEST_INCLUDE_SQLITE3_H
#define TEST_INCLUDE_SQLITE3_H

#define SQLITE_ROW 100
#define SQLITE_OPEN_READWRITE 0x2
#define SQLITE_OPEN_MEMORY 0x80

extern "C" {

struct sqlite3;
struct sqlite3_stmt;

int sqlite3_open(const char *name, sqlite3 **);
int sqlite3_open_v2(const char *name, sqlite3 **, int flags, const char *system);
int sqlite3_exec(sqlite3 *, const char *query, int (*callback)(void *, int, char **, char **),
                 void *data, char **error);
int sqlite3_prepare_v2(sqlite3 *, const char *query, int length, sqlite3_stmt **,
                       const char **tail);
int sqlite3_step(sqlite3_stmt *);
int sqlite3_column_int(sqlite3_stmt *, int column);
int sqlite3_finalize(sqlite3_stmt *);
int sqlite3_sleep(int milliseconds);
}

#endif
