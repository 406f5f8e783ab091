// RUN: %check %s async-dangling-argument

#include <folly/coro/AsyncScope.h>
#include <folly/coro/BlockingWait.h>
#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <string>

void use(const std::string &);

folly::coro::Task<int> fetch(const std::string &url) {
  use(url);
  co_return 1;
}

folly::coro::Task<int> run(folly::coro::AsyncScope &scope, folly::Executor *ex) {
  co_await fetch("x");
  co_await folly::coro::co_withExecutor(ex, fetch("x"));
  scope.add(folly::coro::co_withExecutor(ex, fetch("x")));
  // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is handed to 'folly::coro::AsyncScope::add', and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  auto future = folly::coro::co_withExecutor(ex, fetch("x")).start();
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  folly::coro::co_withExecutor(ex, fetch("x")).start();
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: temporary 'std::string' is gone when 'fetch' uses it: nobody waits for the task
  folly::coro::blockingWait(fetch("x"));
  co_return 1;
}
