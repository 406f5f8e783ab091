// Imitation of hiredis for tests.

#ifndef TEST_INCLUDE_HIREDIS_ASYNC_H
#define TEST_INCLUDE_HIREDIS_ASYNC_H

#include "hiredis/hiredis.h"

extern "C" {

struct redisAsyncContext;
typedef void redisCallbackFn(redisAsyncContext *, void *reply, void *data);

redisAsyncContext *redisAsyncConnect(const char *host, int port);
int redisAsyncCommand(redisAsyncContext *, redisCallbackFn *callback, void *data,
                      const char *format, ...);
}

#endif
