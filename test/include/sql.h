// Imitation of ODBC for tests.

#ifndef TEST_INCLUDE_SQL_H
#define TEST_INCLUDE_SQL_H

extern "C" {

typedef void *SQLHANDLE;

short SQLConnect(SQLHANDLE, unsigned char *source, short, unsigned char *user, short,
                 unsigned char *password, short);
short SQLExecDirect(SQLHANDLE, unsigned char *text, int length);
short SQLFetch(SQLHANDLE);
short SQLBindCol(SQLHANDLE, unsigned short column, short type, void *value, long size, long *length);
}

#endif
