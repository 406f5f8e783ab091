// RUN: %check %s async-detached-exception

// Folly's tasks: what start() returns has the exception.

#include "folly/Executor.h"
#include "folly/OperationCancelled.h"
#include "folly/coro/Task.h"
#include <stdexcept>

using folly::coro::Task;

Task<void> throws() {
  throw std::runtime_error("broken");
  co_return;
}

Task<void> awaits() { co_await throws(); }

Task<void> cancelled() {
  throw folly::OperationCancelled();
  co_return;
}

Task<void> works() { co_return; }

void start(folly::Executor *executor) {
  throws().scheduleOn(executor).start();
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: an exception of 'throws' is lost: nobody waits for what 'folly::coro::TaskWithExecutor::start' starts; catch it in the task, or give start a callback that looks at the folly::Try [async-detached-exception]
  folly::coro::co_withExecutor(executor, awaits()).start();
  // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: an exception of 'awaits' is lost
  (void)awaits().scheduleOn(executor).start();
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: an exception of 'awaits' is lost
  cancelled().scheduleOn(executor).start();
  works().scheduleOn(executor).start();
  auto future = throws().scheduleOn(executor).start();
  works().scheduleOn(executor).start();
}
