// Imitation of libmysqlclient for tests.

#ifndef TEST_INCLUDE_MYSQL_H
#define TEST_INCLUDE_MYSQL_H

extern "C" {

struct MYSQL;
struct MYSQL_RES;
struct MYSQL_STMT;
typedef char **MYSQL_ROW;

MYSQL *mysql_real_connect(MYSQL *, const char *host, const char *user, const char *password,
                          const char *database, unsigned port, const char *path,
                          unsigned long flags);
int mysql_real_connect_start(MYSQL **, MYSQL *, const char *host, const char *user,
                             const char *password, const char *database, unsigned port,
                             const char *path, unsigned long flags);
int mysql_real_query(MYSQL *, const char *query, unsigned long length);
int mysql_real_query_start(int *, MYSQL *, const char *query, unsigned long length);
MYSQL_RES *mysql_store_result(MYSQL *);
MYSQL_RES *mysql_use_result(MYSQL *);
MYSQL_ROW mysql_fetch_row(MYSQL_RES *);
int mysql_stmt_execute(MYSQL_STMT *);
const char *mysql_error(MYSQL *);
}

#endif
