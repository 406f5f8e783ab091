// RUN: %check %s async-blocking-sleep

// Instances of one template that differ only in a lambda are different
// functions: one sleeps, and the other does not.

#include "task.h"
#include <unistd.h>

void calls(auto f) { f(); }
app::Task<> function_template() {
  calls([] { sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'calls' blocks
  calls([] {});
  co_return;
}
app::Task<> only_harmless() {
  calls([] {});
  co_return;
}

template <class F> struct Guard {
  F f;
  void run() { f(); }
};
app::Task<> class_template() {
  Guard a{[] { sleep(2); }};
  Guard b{[] {}};
  a.run();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Guard::run' blocks
  b.run();
  co_return;
}

auto generic = [](auto f) { f(); };
app::Task<> generic_lambda() {
  generic([] { sleep(3); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at instances.cpp:[[@LINE-3]]' blocks
  generic([] {});
  co_return;
}
