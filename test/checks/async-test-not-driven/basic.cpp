// RUN: %check %s async-test-not-driven

#include <asio.hpp>
#include <boost/asio.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/schedule_on.hpp>
#include <cppcoro/sync_wait.hpp>
#include <folly/coro/Task.h>
#include <folly/executors/ManualExecutor.h>
#include <kj/async.h>
#include <thread>

asio::awaitable<int> work();
boost::asio::awaitable<void> boost_work();

void asio_not_run() {
  asio::io_context context;
  asio::co_spawn(context, work(), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nobody runs 'context', so nothing of this is done; call 'run' of it [async-test-not-driven]
  // CHECK-MESSAGES: :[[@LINE-3]]:20: note: made here
}
void asio_run() {
  asio::io_context context;
  asio::co_spawn(context, work(), asio::detached);
  context.run();
}
void asio_polled() {
  asio::io_context context;
  asio::co_spawn(context, work(), asio::detached);
  context.poll();
}
void asio_by_executor() {
  asio::io_context context;
  asio::post(context.get_executor(), [] {});
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nobody runs 'context'
}
void asio_by_timer() {
  asio::io_context context;
  asio::steady_timer timer(context);
  // Who knows what the timer is for?
  timer.async_wait(asio::detached);
}
void asio_on_a_thread() {
  asio::io_context context;
  asio::co_spawn(context, work(), asio::detached);
  std::thread thread([&] { context.run(); });
  thread.join();
}
void run(asio::io_context &context);
void asio_by_a_function() {
  asio::io_context context;
  asio::co_spawn(context, work(), asio::detached);
  run(context);
}
void asio_by_an_object() {
  struct Runner {
    explicit Runner(asio::io_context &context);
    ~Runner();
  };
  asio::io_context context;
  Runner runner(context);
  asio::co_spawn(context, work(), asio::detached);
}
void asio_nothing_to_run() {
  asio::io_context context;
  asio::steady_timer timer(context);
}
void asio_of_somebody_else() {
  static asio::io_context shared;
  asio::co_spawn(shared, work(), asio::detached);
  asio::io_context &other = shared;
  asio::co_spawn(other, work(), asio::detached);
}
template <class Token> void with_token(Token token) {
  boost::asio::io_context context;
  boost::asio::co_spawn(context, boost_work(), token);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nobody runs 'context'
}
void instances() {
  with_token(boost::asio::detached);
  with_token(boost::asio::use_future);
}
auto lambda = [] {
  boost::asio::io_context context;
  boost::asio::co_spawn(context, boost_work(), boost::asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nobody runs 'context'
};
#define START(Context) boost::asio::co_spawn(Context, boost_work(), boost::asio::detached)
void by_macro() {
  boost::asio::io_context context;
  START(context);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nobody runs 'context'
}

folly::coro::Task<void> folly_work();
void folly_not_driven() {
  folly::ManualExecutor executor;
  auto future = folly::coro::co_withExecutor(&executor, folly_work()).start();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: nobody runs 'executor', so nothing of this is done; call 'wait' of it
}
void folly_driven() {
  folly::ManualExecutor executor;
  auto future = folly::coro::co_withExecutor(&executor, folly_work()).start();
  executor.drain();
}

cppcoro::task<> cppcoro_work();
void cppcoro_not_run() {
  cppcoro::io_service service;
  cppcoro::sync_wait(cppcoro::schedule_on(service, cppcoro_work()));
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: nobody runs 'service', so nothing of this is done; call 'process_events' of it
}

kj::Promise<int> kj_work();
kj::Promise<int> kj_continues() {
  auto promise = kj_work();
  return promise.then([](int value) { return value; });
}
