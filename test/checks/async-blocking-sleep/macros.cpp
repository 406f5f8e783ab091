// RUN: %check %s async-blocking-sleep

// Macros: what stands in a macro's body is reported where the macro is used,
// and is not the fix's to change.

#include "asio.hpp"
#include <thread>
#include <unistd.h>

#define NAP() sleep(1)
#define NAP_FOR(n) sleep(n)
#define RUN(statement) statement
#define RETRY(times, statement)                                                                   \
  for (int i = 0; i < times; ++i) {                                                               \
    statement;                                                                                    \
    std::this_thread::sleep_for(std::chrono::seconds(1));                                         \
  }
#define ONE 1
#define NONE 0
#define SECONDS(n) std::chrono::seconds(n)
#define SLEEP sleep
#define COROUTINE(name)                                                                           \
  asio::awaitable<void> name() {                                                                  \
    sleep(1);                                                                                     \
    co_return;                                                                                    \
  }
#define TWO_NAPS                                                                                  \
  sleep(1);                                                                                       \
  sleep(2)

asio::awaitable<void> bodies(int &n) {
  NAP();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  NAP_FOR(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  RETRY(3, ++n);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  TWO_NAPS;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  NAP_FOR(NONE);
  co_return;
}

asio::awaitable<void> arguments() {
  RUN(sleep(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks
  RUN({ sleep(2); })
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sleep' blocks
  RETRY(2, usleep(3));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:12: warning: 'usleep' blocks
  co_return;
}

asio::awaitable<void> names() {
  SLEEP(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

COROUTINE(made_by_a_macro)
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'sleep' blocks

// A zero is a zero.
asio::awaitable<void> zeros() {
  sleep(NONE);
  std::this_thread::sleep_for(SECONDS(NONE));
  co_return;
}

// Where the statement ends, it runs not at all.
#define UNUSED(x) (void)sizeof(x)
asio::awaitable<void> unevaluated() {
  UNUSED(sleep(1));
  co_return;
}
