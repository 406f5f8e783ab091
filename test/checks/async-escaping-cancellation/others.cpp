// RUN: %check %s async-escaping-cancellation

// A stop_token throws nothing, and what a task of Folly throws is told to the
// one who has its future.

#include "task.h"
#include <folly/coro/Task.h>
#include <stop_token>

app::EagerTask<> step(std::stop_token token);
app::EagerTask<> run(std::stop_token token) {
  while (!token.stop_requested())
    co_await step(token);
}
void start(std::stop_token token) { (void)run(token); }

folly::coro::Task<void> next(folly::CancellationToken token);
folly::coro::Task<void> loop(folly::CancellationToken token) {
  while (!token.isCancellationRequested())
    co_await next(token);
}
void start(folly::Executor *executor, folly::CancellationToken token) {
  (void)loop(token).scheduleOn(executor).start();
}
