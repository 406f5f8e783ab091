// RUN: %check %s async-*

// Drogon: lazy tasks on the event loops of Trantor.

#include <chrono>
#include <drogon/drogon.h>
#include <drogon/orm/Mapper.h>
#include <fstream>
#include <netdb.h>
#include <thread>
#include <trantor/utils/ConcurrentTaskQueue.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace drogon;

Task<int> answer();
Task<> work();

// Sleeping

Task<> sleeps(std::chrono::milliseconds delay) {
  std::this_thread::sleep_for(delay);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await drogon::sleepCoro [async-blocking-sleep]
  // CHECK-FIXES: co_await drogon::sleepCoro(trantor::EventLoop::getEventLoopOfCurrentThread(), delay);
  co_await sleepCoro(trantor::EventLoop::getEventLoopOfCurrentThread(), delay);
}

AsyncTask sleeps_alone() {
  ::sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread that runs this coroutine
  // CHECK-FIXES: co_await drogon::sleepCoro(trantor::EventLoop::getEventLoopOfCurrentThread(), std::chrono::seconds(1));
  co_return;
}

// Waiting

Task<int> waits(orm::DbClientPtr db) {
  db->execSqlAsyncFuture("select 1").get();
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  co_return sync_wait(answer());
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'drogon::sync_wait' blocks the thread that runs this coroutine, and every task on it: it waits until the task has ended; co_await the work [async-blocking-wait]
  // CHECK-FIXES: co_return co_await answer();
}

Task<int> awaits() { co_return co_await answer(); }

Task<> asks(orm::DbClientPtr db, HttpClientPtr client, HttpRequestPtr req, double timeout) {
  db->execSqlSync("select 1");
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'drogon::orm::DbClient::execSqlSync' blocks the thread that runs this coroutine, and every task on it: it waits for the database; use drogon::orm::DbClient::execSqlCoro or execSqlAsync [async-blocking-call]
  client->sendRequest(req);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'drogon::HttpClient::sendRequest' blocks the thread that runs this coroutine, and every task on it: it waits for the response; use drogon::HttpClient::sendRequestCoro, or give it a callback [async-blocking-call]
  client->sendRequest(req, timeout);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'drogon::HttpClient::sendRequest' blocks
  orm::Mapper<int> mapper(db);
  mapper.findAll();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'drogon::orm::Mapper::findAll' blocks the thread that runs this coroutine, and every task on it: it waits for the database; use drogon::orm::CoroMapper, or give it callbacks [async-blocking-call]
  co_return;
}

// What has a callback, or is awaited, waits for nobody.
Task<> asks_well(orm::DbClientPtr db, HttpClientPtr client, HttpRequestPtr req) {
  co_await db->execSqlCoro("select 1");
  co_await client->sendRequestCoro(req, 5.0);
  client->sendRequest(req, [](ReqResult, const HttpResponsePtr &) {});
  HttpReqCallback callback = [](ReqResult, const HttpResponsePtr &) {};
  client->sendRequest(req, callback);
  client->sendRequest(req, std::move(callback), 5.0);
  orm::Mapper<int> mapper(db);
  mapper.findAll([](std::vector<int>) {}, [](const orm::DrogonDbException &) {});
}

// Tasks that nobody has

Task<> drops(orm::DbClientPtr db) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'drogon::Task<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  db->execSqlCoro("delete from t");
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the result of 'drogon::orm::DbClient::execSqlCoro' is never awaited: 'drogon::orm::internal::SqlAwaiter' does nothing until it is; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await db->execSqlCoro("delete from t");
  sleeps_alone();
  co_await work();
}

void drops_outside() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'drogon::Task<>' is lazy, so nothing of it runs; start it with drogon::async_run [async-unawaited-task]
  async_run([]() -> Task<> { co_await work(); });
}

// Callables

void callbacks(orm::DbClientPtr db, HttpClientPtr client, HttpRequestPtr req) {
  app().getLoop()->queueInLoop([] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'sleep' blocks the thread that runs this queued function, and every task on it: it sleeps; use trantor::EventLoop::runAfter [async-blocking-sleep]
  app().getLoop()->runAfter(1.0, [db] { db->execSqlSync("select 1"); });
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'drogon::orm::DbClient::execSqlSync' blocks the thread that runs this timer callback
  app().registerHandler("/", [db](const HttpRequestPtr &, HttpReqCallback &&callback) {
    db->execSqlSync("select 1");
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'drogon::orm::DbClient::execSqlSync' blocks the thread that runs this handler
    callback(ReqResult::Ok, HttpResponse::newHttpResponse());
  });
  client->sendRequest(req, [](ReqResult, const HttpResponsePtr &) { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:69: warning: 'sleep' blocks the thread that runs this callback
  db->execSqlAsync("select 1", [](const orm::Result &) { ::sleep(1); },
  // CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'sleep' blocks the thread that runs this callback
                   [](const orm::DrogonDbException &) {});
  app().getLoop()->runAfter(1.0, async_func([]() -> Task<> {
    std::ifstream f("data");
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await drogon::queueInLoopCoro, on a loop of its own [async-blocking-call]
    co_return;
  }));
  app().getLoop()->runAfter(1.0, async_func([]() -> Task<> { co_await work(); }));
}

Task<> queues(trantor::ConcurrentTaskQueue &queue) {
  queue.runTaskInQueue([] { ::sleep(1); });
  queue.syncTaskInQueue([] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'trantor::ConcurrentTaskQueue::syncTaskInQueue' blocks the thread that runs this coroutine, and every task on it: it waits for another thread
  gethostbyname("host");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'gethostbyname' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; use trantor::Resolver [async-blocking-call]
  co_return;
}

// A loop may be there for work that blocks.
Task<int> moves(trantor::EventLoop *own, trantor::EventLoop *back) {
  co_await switchThreadCoro(own);
  ::sleep(1);
  co_await switchThreadCoro(back);
  co_return co_await queueInLoopCoro<int>(own, [] {
    ::sleep(1);
    return 1;
  });
}

// Who waits for a task outside of all loops makes a thread for it.
Task<> only_waited_for() {
  ::sleep(1);
  co_return;
}

void synchronous(orm::DbClientPtr db) {
  ::sleep(1);
  db->execSqlSync("select 1");
  sync_wait(only_waited_for());
  app().run();
}
