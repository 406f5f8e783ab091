// RUN: %check %s async-unawaited-task --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// What happens to work whose object is dropped depends on its type.

#include "green.h"
#include <exception>

green::Job<> coroutine() {
  green::write();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'green::write' is never awaited: 'green::Job<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await green::write();
  green::fetch();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'green::fetch' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await green::fetch();
  // It goes on by itself, and somebody wrote that this is meant.
  (void)green::fetch();
  // People do this all the time with what is discardable.
  green::log("started");
  co_await green::write();
}

// In a plain function, the author of the type decides whether dropping it is a
// mistake.
void plain() {
  green::write();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'green::write' is never awaited: 'green::Job<>' is lazy, so nothing of it runs; start it with green::spawn [async-unawaited-task]
  green::fetch();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'green::fetch' is never awaited: what it returns and what it throws is lost; return it to a caller that awaits it [async-unawaited-task]
  (void)green::fetch();
  green::log("started");
}

// So does the author of the function.
void reserved() {
  green::reserve();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'green::reserve' is never awaited: what it returns and what it throws is lost
}

// What an await returns has been waited for; there is more to come, but that
// goes on by itself.
green::Job<> twice() {
  co_await green::stages();
}

// Whoever expects an exception doesn't want the task.
struct Mistake : std::exception {};
void test() {
  green::expect_throw<Mistake>([] { green::fetch(); });
  green::expect_throw<int>([] { green::fetch(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: the result of 'green::fetch' is never awaited
}

green::Future<int> passes_on() { return green::fetch(); }
