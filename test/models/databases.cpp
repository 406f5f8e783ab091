// RUN: %check %s async-*

// Clients of databases that wait for the server, and their asynchronous forms.

#include "asio.hpp"
#include "hiredis/async.h"
#include "libpq-fe.h"
#include "mongocxx/client.hpp"
#include "mysql.h"
#include "pqxx/pqxx"
#include "soci/soci.h"
#include "sql.h"
#include "sqlite3.h"
#include "sw/redis++/redis++.h"
#include <memory>

using asio::awaitable;

awaitable<void> postgres(PGconn *connection) {
  PGconn *other = PQconnectdb("dbname=shop");
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'PQconnectdb' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; use PQconnectStart and PQconnectPoll, or do it on a thread pool [async-blocking-call]
  PQclear(PQexec(connection, "select 1"));
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'PQexec' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use PQsendQuery and its like, and wait for PQsocket, or do it on a thread pool [async-blocking-call]
  while (PGresult *result = PQgetResult(other))
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'PQgetResult' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; wait for PQsocket, and call PQconsumeInput, until PQisBusy is false [async-blocking-call]
    PQclear(result);
  char *row;
  PQgetCopyData(connection, &row, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'PQgetCopyData' blocks the thread that runs this coroutine, and every task on it: it waits for the next row; ask without waiting (the third argument), and wait for PQsocket [async-blocking-call]
  PQencryptPasswordConn(connection, "secret", "me", nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'PQencryptPasswordConn' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; name the algorithm, or do it on a thread pool [async-blocking-call]
  lo_read(connection, 1, row, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lo_read' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  co_return;
}

// Nothing waits here: PQgetResult is asked for what has already come.
awaitable<void> postgres_asynchronously(asio::steady_timer &socket) {
  PGconn *connection = PQconnectStart("dbname=shop");
  PQconnectPoll(connection);
  PQsendQuery(connection, "select 1");
  do {
    co_await socket.async_wait(asio::use_awaitable);
    PQconsumeInput(connection);
  } while (PQisBusy(connection));
  PQclear(PQgetResult(connection));
  char *row;
  PQgetCopyData(connection, &row, 1);
  PQencryptPasswordConn(connection, "secret", "me", "scram-sha-256");
}

struct Connection {
  std::unique_ptr<PGconn, void (*)(PGconn *)> owner;

  awaitable<void> next() {
    PQconsumeInput(owner.get());
    PQclear(PQgetResult(owner.get()));
    co_return;
  }
};

awaitable<void> postgres_in_cpp(pqxx::connection &connection) {
  pqxx::connection other("dbname=shop");
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'pqxx::connection constructor' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; use pqxx::connecting, or do it on a thread pool [async-blocking-call]
  pqxx::connection moved(std::move(other));
  pqxx::work work(connection);
  work.exec("select " + work.quote("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pqxx::work::exec' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  work.exec_params("select $1", 3);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pqxx::work::exec_params' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  pqxx::pipeline pipeline(work);
  pipeline.retrieve(pipeline.insert("select 1"));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'pqxx::pipeline::retrieve' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  work.commit();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pqxx::work::commit' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  connection.await_notification(3, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'pqxx::connection::await_notification' blocks the thread that runs this coroutine, and every task on it: it waits for a notification; wait for the connection's sock(), then call get_notifs [async-blocking-call]
  connection.get_notifs();
  co_return;
}

awaitable<void> mysql(MYSQL *connection, MYSQL_STMT *statement, MYSQL_RES *stored) {
  mysql_real_connect(connection, "localhost", "me", "secret", "shop", 0, nullptr, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mysql_real_connect' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; do it on a thread pool [async-blocking-call]
  mysql_real_query(connection, "select 1", 8);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mysql_real_query' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  mysql_stmt_execute(statement);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mysql_stmt_execute' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  // These rows are here already, and the next ones come one by one.
  mysql_fetch_row(stored);
  MYSQL_RES *rows = mysql_use_result(connection);
  mysql_fetch_row(rows);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mysql_fetch_row' blocks the thread that runs this coroutine, and every task on it: it waits for the next row; do it on a thread pool [async-blocking-call]
  co_return;
}

awaitable<void> mysql_asynchronously(MYSQL *connection) {
  int status;
  mysql_real_query_start(&status, connection, "select 1", 8);
  mysql_error(connection);
  co_return;
}

awaitable<int> sqlite(sqlite3 *database) {
  sqlite3 *other;
  sqlite3_open("shop.db", &other);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sqlite3_open' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on asio::thread_pool [async-blocking-call]
  sqlite3_open_v2("shop.db", &other, SQLITE_OPEN_READWRITE, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sqlite3_open_v2' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on asio::thread_pool [async-blocking-call]
  sqlite3_exec(database, "delete from cart", nullptr, nullptr, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sqlite3_exec' blocks the thread that runs this coroutine, and every task on it: it runs statements, which read and write the database file; co_await it on asio::thread_pool [async-blocking-call]
  sqlite3_stmt *statement;
  sqlite3_prepare_v2(database, "select 1", -1, &statement, nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'sqlite3_step' blocks the thread that runs this coroutine, and every task on it: it runs the statement, which reads or writes the database file; co_await it on asio::thread_pool [async-blocking-call]
    sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sqlite3_sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::milliseconds(100)).async_wait(asio::use_awaitable);
  co_return 0;
}

awaitable<void> sqlite_in_memory() {
  sqlite3 *database;
  sqlite3_open(":memory:", &database);
  sqlite3_open_v2("shop", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
  co_return;
}

awaitable<void> redis(redisContext *context) {
  redisContext *other = redisConnect("localhost", 6379);
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'redisConnect' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; use redisAsyncConnect, or do it on a thread pool [async-blocking-call]
  redisOptions options = {};
  redisConnectWithOptions(&options);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'redisConnectWithOptions' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; use redisAsyncConnectWithOptions, or do it on a thread pool [async-blocking-call]
  redisCommand(context, "GET %s", "x");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'redisCommand' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use redisAsyncCommand, or do it on a thread pool [async-blocking-call]
  redisAppendCommand(context, "PING");
  void *reply;
  redisGetReply(context, &reply);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'redisGetReply' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use redisAsyncCommand, or do it on a thread pool [async-blocking-call]
  co_return;
}

awaitable<void> redis_asynchronously() {
  redisContext *context = redisConnectNonBlock("localhost", 6379);
  redisOptions options = {};
  options.options |= REDIS_OPT_NONBLOCK;
  redisConnectWithOptions(&options);
  redisBufferRead(context);
  void *reply;
  redisGetReply(context, &reply);
  co_return;
}

void on_reply(redisAsyncContext *, void *, void *) {
  redisConnect("localhost", 6379);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'redisConnect' blocks the thread that runs this callback, and every task on it: it waits until the server has accepted the connection; use redisAsyncConnect, or do it on a thread pool [async-blocking-call]
}

void redis_with_callbacks(redisAsyncContext *context) {
  redisAsyncCommand(context, on_reply, nullptr, "GET x");
}

awaitable<void> redis_in_cpp(sw::redis::Redis &redis, sw::redis::RedisCluster &cluster,
                             sw::redis::AsyncRedis &async) {
  redis.set("key", "value");
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sw::redis::Redis::set' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use sw::redis::AsyncRedis, or do it on a thread pool [async-blocking-call]
  redis.get("key");
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sw::redis::Redis::get' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use sw::redis::AsyncRedis, or do it on a thread pool [async-blocking-call]
  cluster.lpush("key", "value");
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'sw::redis::RedisCluster::lpush' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use sw::redis::AsyncRedis, or do it on a thread pool [async-blocking-call]
  auto pipeline = redis.pipeline();
  pipeline.set("key", "value").set("other", "value");
  pipeline.exec();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'sw::redis::Pipeline::exec' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  auto subscriber = redis.subscriber();
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'sw::redis::Redis::subscriber' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted a new connection; use sw::redis::AsyncRedis::subscriber, or do it on a thread pool [async-blocking-call]
  subscriber.subscribe("news");
  subscriber.consume();
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'sw::redis::Subscriber::consume' blocks the thread that runs this coroutine, and every task on it: it waits for a message; use sw::redis::AsyncSubscriber, or do it on a thread of its own [async-blocking-call]
  async.get("key", [&redis](auto &&) {
    redis.set("key", "value");
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'sw::redis::Redis::set' blocks the thread that runs this callback, and every task on it: it waits until the server has answered; use sw::redis::AsyncRedis, or do it on a thread pool [async-blocking-call]
  });
  co_return;
}

awaitable<void> odbc(SQLHANDLE connection, SQLHANDLE statement, unsigned char *text) {
  SQLConnect(connection, text, 0, text, 0, text, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'SQLConnect' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; do it on a thread pool [async-blocking-call]
  SQLExecDirect(statement, text, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'SQLExecDirect' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  SQLBindCol(statement, 1, 0, nullptr, 0, nullptr);
  SQLFetch(statement);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'SQLFetch' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  co_return;
}

awaitable<void> soci_sessions(soci::session &session, soci::statement &statement,
                              soci::connection_pool &pool) {
  soci::session none, other("sqlite3", "shop.db");
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'soci::session constructor' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; do it on a thread pool [async-blocking-call]
  soci::session from_pool(pool);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'soci::session constructor' blocks the thread that runs this coroutine, and every task on it: it waits until a connection is free; use soci::connection_pool::try_lease, or do it on a thread pool [async-blocking-wait]
  int count;
  session << "select count(*) from cart", soci::into(count);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'soci::session::operator<<' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  statement.execute();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'soci::statement::execute' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  unsigned long position;
  pool.try_lease(position, 0);
  co_return;
}

awaitable<void> mongo(mongocxx::collection &collection, mongocxx::pool &pool) {
  collection.insert_one({});
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'mongocxx::collection::insert_one' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  auto cursor = collection.find({});
  for (auto &document : cursor)
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'mongocxx::cursor::begin' blocks the thread that runs this coroutine, and every task on it: it waits until the server has sent more documents; do it on a thread pool [async-blocking-call]
    ;
  auto client = pool.acquire();
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'mongocxx::pool::acquire' blocks the thread that runs this coroutine, and every task on it: it waits until a client is free; use mongocxx::pool::try_acquire, or do it on a thread pool [async-blocking-wait]
  auto other = pool.try_acquire();
  co_return;
}

// On a thread pool, and in a plain function, they may wait.
void plain(PGconn *postgres, sqlite3_stmt *statement, redisContext *redis, pqxx::work &work) {
  PQclear(PQexec(postgres, "select 1"));
  sqlite3_step(statement);
  redisCommand(redis, "PING");
  work.exec("select 1");
}

awaitable<void> through(PGconn *postgres, sqlite3_stmt *statement, redisContext *redis,
                        pqxx::work &work, asio::thread_pool &pool) {
  plain(postgres, statement, redis, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'plain' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use PQsendQuery and its like, and wait for PQsocket, or do it on a thread pool [async-blocking-call]
  asio::post(pool, [&] { plain(postgres, statement, redis, work); });
  asio::post(pool, [=] { PQclear(PQexec(postgres, "select 1")); });
  co_return;
}

static awaitable<void> elsewhere(sqlite3_stmt *statement) {
  sqlite3_step(statement);
  co_return;
}

void start(sqlite3_stmt *statement, asio::thread_pool &pool) {
  asio::co_spawn(pool, elsewhere(statement), asio::detached);
}
