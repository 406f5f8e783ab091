// RUN: %check %s async-cancellation-not-checked

// A source of cppcoro in an object, and a token as a parameter.

#include <chrono>
#include <cppcoro/io_service.hpp>
#include <cppcoro/task.hpp>

using namespace std::chrono_literals;
using cppcoro::cancellation_token;
using cppcoro::task;

task<> step();
task<> listening(cancellation_token token);

class Poller {
  cppcoro::io_service &service;
  cppcoro::cancellation_source source;
  int rounds = 0;

public:
  void stop() { source.request_cancellation(); }
  task<> run() {
    for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop does not look at 'source', and goes on when 'Poller::stop' says that it is time to stop; ask it in each round, and pass its token to cppcoro::io_service::schedule_after [async-cancellation-not-checked]
      ++rounds;
      co_await service.schedule_after(1s);
    }
  }
  task<> right() {
    for (;;)
      co_await service.schedule_after(1s, source.token());
  }
};

task<> ignores(cancellation_token token) {
  while (true)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop goes on when 'token' says
    co_await step();
}

task<> asks(cancellation_token token) {
  while (!token.is_cancellation_requested())
    co_await step();
}
task<> passes(cancellation_token token) {
  for (;;)
    co_await listening(token);
}
