// RUN: %check %s async-blocking-sleep,async-unawaited-task

// What 'if constexpr' discards is no code, inside templates and outside.

#include "task.h"
#include <unistd.h>

constexpr bool debug = false;
app::Task<> work();
app::Task<> f() {
  if constexpr (debug) {
    sleep(1);
    work();
  }
  if constexpr (debug)
    work();
  if constexpr (!debug) {
  } else
    sleep(2);
  if constexpr (!debug)
    sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
  co_return;
}
