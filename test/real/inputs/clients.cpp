// Clients that block, as they are installed, in coroutines of Boost.Asio; what
// does not block, and the same on a pool of threads.

#include <boost/asio.hpp>
#include <curl/curl.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <postgresql/libpq-fe.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <string>
#include <vector>
#include <zlib.h>

namespace asio = boost::asio;
using asio::awaitable;

awaitable<void> web(CURL *request, CURLM *requests) {
  curl_easy_perform(request);
  // CHECK: clients.cpp:[[@LINE-1]]:3: warning: 'curl_easy_perform' blocks the thread that runs this coroutine, {{.*}}; use curl_multi_socket_action, or do it on a thread pool
  int running = 0;
  curl_multi_perform(requests, &running);
  curl_multi_poll(requests, nullptr, 0, 1000, nullptr);
  // CHECK: clients.cpp:[[@LINE-1]]:3: warning: 'curl_multi_poll' blocks the thread that runs this coroutine, {{.*}}; use curl_multi_socket_action, and wait for its sockets
  curl_multi_poll(requests, nullptr, 0, 0, nullptr);
  co_return;
}

awaitable<void> postgres(PGconn *connection) {
  PQclear(PQexec(connection, "select 1"));
  // CHECK: clients.cpp:[[@LINE-1]]:11: warning: 'PQexec' blocks the thread that runs this coroutine, {{.*}}; use PQsendQuery and its like, and wait for PQsocket, or do it on a thread pool
  PQsendQuery(connection, "select 2");
  PQconsumeInput(connection);
  if (!PQisBusy(connection))
    PQclear(PQgetResult(connection));
  co_return;
}

awaitable<void> sqlite(sqlite3 *database) {
  sqlite3_exec(database, "vacuum", nullptr, nullptr, nullptr);
  // CHECK: clients.cpp:[[@LINE-1]]:3: warning: 'sqlite3_exec' blocks the thread that runs this coroutine, {{.*}}; co_await it on boost::asio::thread_pool
  sqlite3_interrupt(database);
  co_return;
}

awaitable<void> redis(redisContext *context, redisAsyncContext *later) {
  freeReplyObject(redisCommand(context, "PING"));
  // CHECK: clients.cpp:[[@LINE-1]]:19: warning: 'redisCommand' blocks the thread that runs this coroutine, {{.*}}; use redisAsyncCommand, or do it on a thread pool
  redisAsyncCommand(later, nullptr, nullptr, "PING");
  co_return;
}

// Nothing waits, but the processor is busy for long.
awaitable<void> computes(const std::string &password, unsigned char *key,
                         std::vector<Bytef> &in, std::vector<Bytef> &out) {
  PKCS5_PBKDF2_HMAC(password.data(), password.size(), nullptr, 0, 600'000,
                    EVP_sha256(), 32, key);
  // CHECK: clients.cpp:[[@LINE-2]]:3: warning: 'PKCS5_PBKDF2_HMAC' blocks the thread that runs this coroutine, {{.*}}; co_await it on boost::asio::thread_pool
  uLongf size = out.size();
  compress(out.data(), &size, in.data(), in.size());
  // CHECK: clients.cpp:[[@LINE-1]]:3: warning: 'compress' blocks the thread that runs this coroutine, {{.*}}; co_await it on boost::asio::thread_pool
  co_return;
}

// Through a function of one's own.
static int version(sqlite3 *database) {
  sqlite3_exec(database, "pragma user_version", nullptr, nullptr, nullptr);
  return sqlite3_changes(database);
}
awaitable<int> through(sqlite3 *database) {
  co_return version(database);
  // CHECK: clients.cpp:[[@LINE-1]]:13: warning: 'version' blocks the thread that runs this coroutine, {{.*}}; co_await it on boost::asio::thread_pool
}

// The callbacks of a client run on the loop that drives it.
void callbacks(redisAsyncContext *context, sqlite3 *database) {
  redisAsyncCommand(
      context,
      [](redisAsyncContext *, void *, void *data) {
        version(static_cast<sqlite3 *>(data));
        // CHECK: clients.cpp:[[@LINE-1]]:9: warning: 'version' blocks the thread that runs this callback, {{.*}}; do it on a thread pool
      },
      database, "GET version");
}

awaitable<void> pooled(sqlite3 *database) {
  sqlite3_exec(database, "vacuum", nullptr, nullptr, nullptr);
  co_return;
}
awaitable<void> offloads(asio::thread_pool &pool, CURL *request,
                         sqlite3 *database) {
  asio::post(pool, [=] { curl_easy_perform(request); });
  co_await asio::co_spawn(pool, pooled(database), asio::use_awaitable);
}

int main() {
  CURL *request = curl_easy_init();
  return curl_easy_perform(request) == CURLE_OK;
}
