// RUN: %check %s async-unawaited-task

// The last expression of a statement expression is its value.

#include "task.h"

app::Task<int> number(int);
app::Task<> f() {
  auto task = ({ number(1); });
  co_await std::move(task);
  co_await ({ number(2); });
  co_await ({
    number(3);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(3);
    number(4);
  });
}
