// Imitation of hiredis for tests.

#ifndef TEST_INCLUDE_HIREDIS_HIREDIS_H
#define TEST_INCLUDE_HIREDIS_HIREDIS_H

#define REDIS_OPT_NONBLOCK 0x1

extern "C" {

struct redisContext;
struct redisOptions {
  int type;
  int options;
};

redisContext *redisConnect(const char *host, int port);
redisContext *redisConnectNonBlock(const char *host, int port);
redisContext *redisConnectWithOptions(const redisOptions *options);
void *redisCommand(redisContext *context, const char *format, ...);
int redisAppendCommand(redisContext *context, const char *format, ...);
int redisGetReply(redisContext *context, void **reply);
int redisBufferRead(redisContext *context);
}

#endif
