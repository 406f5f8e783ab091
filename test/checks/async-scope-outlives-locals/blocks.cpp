// RUN: %check %s async-scope-outlives-locals
// Variables that are gone before the function is.

#include "task.h"
#include <boost/asio.hpp>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Task.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
void use(const std::string &);

asio::awaitable<void> serve(tcp::socket &Socket) {
  co_await asio::post(asio::use_awaitable);
  Socket.close();
}
asio::awaitable<void> serve_own(tcp::socket Socket) {
  co_await asio::post(asio::use_awaitable);
  Socket.close();
}
asio::awaitable<void> count(int &Number) {
  co_await asio::post(asio::use_awaitable);
  ++Number;
}

asio::awaitable<void> accept_all(tcp::acceptor Acceptor) {
  auto Executor = co_await asio::this_coro::executor;
  for (;;) {
    auto Socket = co_await Acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(Executor, serve(Socket), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'Socket' is gone when 'serve' uses it: the task is handed to 'boost::asio::co_spawn', and the variable dies at the end of its block; let the task own the argument [async-scope-outlives-locals]
  }
}

// One that has no destructor is gone when the loop makes the next.
void numbers(asio::io_context &Loop) {
  for (int I = 0; I != 4; ++I) {
    int Number = I;
    asio::co_spawn(Loop, count(Number), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'Number' is gone when 'count' uses it
  }
  Loop.run();
}

folly::coro::Task<void> store(const std::string &Text) {
  use(Text);
  co_return;
}
folly::coro::Task<void> in_a_scope(folly::Executor::KeepAlive<> Executor,
                                   const std::vector<int> &All) {
  folly::coro::AsyncScope Scope;
  for (int I : All) {
    std::string Text = std::to_string(I);
    Scope.add(store(Text).scheduleOn(Executor));
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Text' is gone when 'store' uses it: the task is handed to 'folly::coro::AsyncScope::add', and the variable dies at the end of its block; wait for 'Scope' on every way out, or let the task own the argument
  }
  co_await Scope.joinAsync();
}

template <typename T> asio::awaitable<void> store_any(T &Value) {
  co_await asio::post(asio::use_awaitable);
  use(Value);
}
template <typename T> void of_any(asio::io_context &Loop) {
  {
    T Value;
    asio::co_spawn(Loop, store_any(Value), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'Value' is gone when
  }
  Loop.run();
}
template void of_any<std::string>(asio::io_context &);

// What is right.
asio::awaitable<void> given_away(tcp::acceptor Acceptor) {
  auto Executor = co_await asio::this_coro::executor;
  for (;;) {
    auto Socket = co_await Acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(Executor, serve_own(std::move(Socket)), asio::detached);
  }
}
void runs_in_between(asio::io_context &Loop) {
  for (int I = 0; I != 4; ++I) {
    int Number = I;
    asio::co_spawn(Loop, count(Number), asio::detached);
    Loop.run();
    Loop.restart();
  }
}
folly::coro::Task<void> joined(folly::Executor::KeepAlive<> Executor,
                               const std::vector<int> &All) {
  for (int I : All) {
    std::string Text = std::to_string(I);
    folly::coro::AsyncScope Scope;
    Scope.add(store(Text).scheduleOn(Executor));
    co_await Scope.joinAsync();
  }
}
folly::coro::Task<void> lives_longer(folly::Executor::KeepAlive<> Executor) {
  folly::coro::AsyncScope Scope;
  std::vector<std::string> All(4);
  for (std::string &Text : All)
    Scope.add(store(Text).scheduleOn(Executor));
  co_await Scope.joinAsync();
}
