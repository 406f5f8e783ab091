// RUN: %check %s async-detached-exception

// Instances of templates are one finding; macros are no obstacle.

#include "asio.hpp"
#include <stdexcept>

using asio::awaitable;
using asio::detached;

template <class T> awaitable<void> send(T value) {
  if (!value)
    throw std::runtime_error("nothing to send");
  co_return;
}

template <class T> void start(asio::io_context &loop, T value) {
  asio::co_spawn(loop, send(value), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'send' is lost
}

void instances(asio::io_context &loop) {
  start(loop, 1);
  start(loop, 2L);
}

#define SPAWN(LOOP, TASK) asio::co_spawn(LOOP, TASK, detached)

void macros(asio::io_context &loop) {
  SPAWN(loop, send(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'send' is lost
}

void lambdas(asio::io_context &loop) {
  asio::co_spawn(loop, []() -> awaitable<void> {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'lambda at {{.*}}' is lost
    throw std::runtime_error("broken");
    co_return;
  }, detached);
  asio::co_spawn(loop, [](int) -> awaitable<void> {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'lambda at {{.*}}' is lost
    throw std::runtime_error("broken");
    co_return;
  }(1), detached);
  // What a lambda inside throws, it throws when it is called.
  asio::co_spawn(loop, []() -> awaitable<void> {
    auto later = [] { throw std::runtime_error("broken"); };
    (void)later;
    co_return;
  }, detached);
}
