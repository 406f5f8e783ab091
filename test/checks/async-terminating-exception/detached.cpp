// RUN: %check %s async-terminating-exception

// Coroutines that nobody waits for, whose exceptions end the program.

#include "task.h"
#include "tmc/all_headers.hpp"
#include <asio.hpp>
#include <exception>
#include <stdexcept>

struct Strict {
  struct promise_type {
    Strict get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

struct Forgetful : Strict {
  struct promise_type : Strict::promise_type {
    Forgetful get_return_object() noexcept;
    void unhandled_exception() noexcept {}
  };
};

struct Refused {};
void report(std::exception_ptr);
app::Task<> refuses() {
  throw Refused();
  co_return;
}
app::Task<> works() { co_return; }

Strict dies() {
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: an exception of 'dies' ends the program: nobody can await a 'Strict'; catch it in the coroutine [async-terminating-exception]
  co_await refuses();
}

Strict dies_at_once(int n) {
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: an exception of 'dies_at_once' ends the program
  co_await works();
  if (n)
    throw Refused();
}

void in_a_lambda() {
  [](int n) -> Strict {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'lambda at detached.cpp:49' ends the program
    co_await works();
    if (n)
      throw Refused();
  }(1);
}

template <class T> Strict in_a_template(T value) {
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: an exception of 'in_a_template' ends the program
  co_await works();
  if (value)
    throw Refused();
}
void instances() {
  in_a_template(1);
  in_a_template('a');
}

tmc::task<void> failing() {
  throw std::runtime_error("broken");
  co_return;
}

void toomanycooks() {
  tmc::post(tmc::cpu_executor(), failing());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of 'failing' ends the program: nobody waits for what 'tmc::post' starts; catch it in the coroutine [async-terminating-exception]
}

//===-- Nothing to report -------------------------------------------------===//

Strict catches() {
  try {
    co_await refuses();
  } catch (...) {
    report(std::current_exception());
  }
}
Strict has_nothing_to_throw() { co_await works(); }
Strict tells_of_a_mistake(int n) {
  co_await works();
  if (n < 0)
    throw std::invalid_argument("n");
}
// This one is lost: async-detached-exception.
Forgetful forgets() { co_await refuses(); }
app::Task<> somebody_awaits() { co_await refuses(); }

asio::awaitable<void> session() {
  throw std::runtime_error("broken");
  co_return;
}
void asio_loses_it(asio::io_context &loop) {
  asio::co_spawn(loop, session(), asio::detached);
}
