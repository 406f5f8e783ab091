// RUN: %check %s async-scope-outlives-locals
// Work in scopes that outlives the function.

#include <cppcoro/async_scope.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <stdexcept>
#include <string>

void use(const std::string &);

namespace with_folly {
folly::coro::Task<void> log(const std::string &Text) {
  use(Text);
  co_return;
}
folly::coro::Task<void> fails() {
  throw std::runtime_error("no");
  co_return;
}
folly::coro::Task<void> early_exit(bool Stop) {
  folly::coro::AsyncScope Scope;
  std::string Text = "x";
  Scope.add(log(Text));
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Text' is gone when 'with_folly::log' uses it: the task is handed to 'folly::coro::AsyncScope::add', and the variable dies with this function; wait for 'Scope' on every way out, or let the task own the argument [async-scope-outlives-locals]
  if (Stop)
    co_return;
  co_await Scope.joinAsync();
}
folly::coro::Task<void> exception() {
  folly::coro::AsyncScope Scope;
  std::string Text = "x";
  Scope.add(log(Text));
  co_await fails();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when this throws, the work in 'Scope' goes on and uses 'Text', which is gone then; wait for all of it before an exception leaves [async-scope-outlives-locals]
  co_await Scope.joinAsync();
}
folly::coro::Task<void> joined() {
  folly::coro::AsyncScope Scope;
  std::string Text = "x";
  Scope.add(log(Text));
  co_await Scope.joinAsync();
}
folly::coro::Task<void> joined_on_every_way() {
  folly::coro::AsyncScope Scope;
  std::string Text = "x";
  Scope.add(log(Text));
  std::exception_ptr Error;
  try {
    co_await fails();
  } catch (...) {
    Error = std::current_exception();
  }
  co_await Scope.joinAsync();
}
folly::coro::Task<void> join_in_a_lambda() {
  folly::coro::AsyncScope Scope;
  std::string Text = "x";
  auto Join = [&Scope]() { return Scope.joinAsync(); };
  Scope.add(log(Text));
  co_await Join();
}
void callers(folly::coro::AsyncScope &Scope, std::string Text) {
  Scope.add(log(Text));
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Text' is gone when 'with_folly::log' uses it: the task is handed to 'folly::coro::AsyncScope::add', and the parameter dies with this function; wait for 'Scope' on every way out, or let the task own the argument [async-scope-outlives-locals]
}
void callers_text(folly::coro::AsyncScope &Scope, const std::string &Text) {
  Scope.add(log(Text));
}
} // namespace with_folly

namespace with_cppcoro {
template <class T> void block_on(T &&Work);
cppcoro::task<> nap();
cppcoro::task<> log(const std::string &Text) {
  co_await nap();
  use(Text);
}
class Server {
  cppcoro::async_scope Scope;
  std::string Name;

  void serve(int N) {
    std::string Text = std::to_string(N);
    Scope.spawn(log(Text));
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Text' is gone when 'with_cppcoro::log' uses it: the task is handed to 'cppcoro::async_scope::spawn', and the variable dies with this function; wait for 'Scope' on every way out, or let the task own the argument [async-scope-outlives-locals]
  }
  void serve_own() { Scope.spawn(log(Name)); }
  void serve_and_wait(int N) {
    std::string Text = std::to_string(N);
    Scope.spawn(log(Text));
    block_on(Scope.join());
  }
  void serve_and_stop(int N) {
    std::string Text = std::to_string(N);
    Scope.spawn(log(Text));
    stop();
  }
  void stop();
};
} // namespace with_cppcoro

namespace with_kj {
kj::Promise<void> nap();
kj::Promise<void> log(const std::string &Text) {
  co_await nap();
  use(Text);
}
class Server {
  kj::TaskSet Tasks;
  void serve(std::string Text) { Tasks.add(log(Text)); }
  // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: 'Text' is gone when 'with_kj::log' uses it: the task is handed to 'kj::TaskSet::add', and the parameter dies with this function; wait for 'Tasks' on every way out, or let the task own the argument [async-scope-outlives-locals]
};
} // namespace with_kj
