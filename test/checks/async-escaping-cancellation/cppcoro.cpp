// RUN: %check %s async-escaping-cancellation

// An exception that leaves a task in an async_scope ends the program.

#include <chrono>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/task.hpp>

using namespace std::chrono_literals;
using cppcoro::cancellation_token;
using cppcoro::task;

task<> poll(cppcoro::io_service &service, cancellation_token token) {
  while (!token.is_cancellation_requested()) {
    co_await service.schedule_after(1s, token);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'cppcoro::io_service::schedule_after' throws when 'token' is told to stop, and the loop never gets to ask: the exception ends the program; catch it here, and leave the loop [async-escaping-cancellation]
  }
}
task<> right(cppcoro::io_service &service, cancellation_token token) {
  try {
    while (!token.is_cancellation_requested())
      co_await service.schedule_after(1s, token);
  } catch (const cppcoro::operation_cancelled &) {
  }
}
task<> awaited(cppcoro::io_service &service, cancellation_token token) {
  while (!token.is_cancellation_requested())
    co_await service.schedule_after(1s, token);
}

void start(cppcoro::async_scope &scope, cppcoro::io_service &service, cancellation_token token) {
  scope.spawn(poll(service, token));
  scope.spawn(right(service, token));
}
task<> wait(cppcoro::io_service &service, cancellation_token token) {
  co_await awaited(service, token);
}
