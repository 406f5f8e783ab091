// RUN: %check %s async-blocking-sleep

// Where a project's own awaiter resumes the coroutine, nobody knows: a switch
// to a thread pool looks like a timer.

#include "task.h"
#include <unistd.h>

app::Task<int> other();

app::Task<> switches(app::Pool &pool) {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_await app::resume_on(pool);
  sleep(2);
  co_await other();
  sleep(3);
}

app::Task<> on_one_path(app::Pool &pool, bool heavy) {
  if (heavy) {
    co_await app::resume_on(pool);
    sleep(1);
  }
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
}

// Another task, a standard awaiter and a value that is awaited move nobody.
app::Task<> does_not_switch(app::Builder &request) {
  co_await other();
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  auto response = co_await request;
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_await std::suspend_never();
  sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
}

// Each coroutine has a place of its own.
app::Task<> in_a_lambda(app::Pool &pool) {
  auto switches = [&]() -> app::Task<> {
    co_await app::resume_on(pool);
    sleep(1);
  };
  co_await switches();
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
}
