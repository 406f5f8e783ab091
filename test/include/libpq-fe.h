// Imitation of libpq for tests.

#ifndef TEST_INCLUDE_LIBPQ_FE_H
#define TEST_INCLUDE_LIBPQ_FE_H

extern "C" {

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

PGconn *PQconnectdb(const char *info);
PGconn *PQconnectStart(const char *info);
int PQconnectPoll(PGconn *connection);
void PQfinish(PGconn *connection);
PGresult *PQexec(PGconn *connection, const char *query);
int PQsendQuery(PGconn *connection, const char *query);
int PQconsumeInput(PGconn *connection);
int PQisBusy(PGconn *connection);
PGresult *PQgetResult(PGconn *connection);
int PQgetCopyData(PGconn *connection, char **buffer, int async);
char *PQencryptPasswordConn(PGconn *connection, const char *password, const char *user,
                            const char *algorithm);
int lo_read(PGconn *connection, int fd, char *data, unsigned long size);
void PQclear(PGresult *result);
}

#endif
