// RUN: %check %s async-detached-exception

// What co_spawn starts with 'detached', and what it may throw.

#include "asio.hpp"
#include <functional>
#include <memory>
#include <stdexcept>

using asio::awaitable;
using asio::detached;
using asio::use_awaitable;
using asio::ip::tcp;

void log(const char *text);
bool broken();

awaitable<void> throws() {
  if (broken())
    throw std::runtime_error("broken");
  co_return;
}

awaitable<void> listener(tcp::acceptor &acceptor) {
  for (;;)
    tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
}

awaitable<void> outer() {
  co_await throws();
}

void parse() {
  throw std::runtime_error("syntax");
}

awaitable<void> calls() {
  parse();
  co_return;
}

// The exception is what it was after a handler that throws it again.
awaitable<void> rethrows() {
  try {
    co_await throws();
  } catch (...) {
    log("broken");
    throw;
  }
}

awaitable<void> throws_in_handler() {
  try {
    co_await throws();
  } catch (const std::exception &) {
    throw std::runtime_error("again");
  }
}

// One that is caught, and one that is not.
awaitable<void> wrong_handler() {
  try {
    if (broken())
      throw std::logic_error("that one");
    throw std::runtime_error("this one");
  } catch (const std::logic_error &) {
  }
  co_return;
}

void spawn(asio::io_context &loop, tcp::acceptor &acceptor) {
  asio::co_spawn(loop, throws(), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'throws' is lost: nobody waits for what 'asio::co_spawn' starts with 'detached'; catch it in the coroutine, or give co_spawn a completion handler that looks at its std::exception_ptr [async-detached-exception]
  // CHECK-MESSAGES: :20:5: note: 'throws' throws here
  asio::co_spawn(loop, listener(acceptor), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'listener' is lost: nobody waits for what 'asio::co_spawn' starts with 'detached'
  // CHECK-MESSAGES: :26:26: note: 'listener' awaits 'asio::ip::tcp::acceptor::async_accept' here, which throws when it fails
  asio::co_spawn(loop, outer(), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'outer' is lost
  // CHECK-MESSAGES: :30:12: note: 'outer' awaits 'throws' here
  asio::co_spawn(loop, calls(), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'calls' is lost
  asio::co_spawn(loop, rethrows(), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'rethrows' is lost
  asio::co_spawn(loop, throws_in_handler(), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'throws_in_handler' is lost
  asio::co_spawn(loop, wrong_handler(), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'wrong_handler' is lost
  // A function that makes the task, and a task that has a name.
  asio::co_spawn(loop, throws, detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'throws' is lost
  auto task = throws();
  asio::co_spawn(loop, std::move(task), detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'throws' is lost
  // The token is the same in a wrapper.
  asio::cancellation_signal signal;
  asio::co_spawn(loop, throws(), asio::bind_cancellation_slot(signal.slot(), detached));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'throws' is lost
}

struct Session : std::enable_shared_from_this<Session> {
  asio::io_context &loop;
  awaitable<void> run() { return throws(); }
  void start() {
    asio::co_spawn(loop, [self = shared_from_this()] { return self->run(); }, detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: an exception of 'lambda at {{.*}}' is lost
    asio::co_spawn(loop, std::bind(&Session::run, this), detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: an exception of 'Session::run' is lost
  }
};
