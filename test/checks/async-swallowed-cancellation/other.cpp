// RUN: %check %s async-swallowed-cancellation

// Of these coroutines nobody knows how they are cancelled.

#include "asio.hpp"
#include "task.h"

app::Task<> step();
app::AsyncGenerator<int> numbers();

app::Task<> projects_own() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
    }
  }
}
app::FireAndForget detached() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
    }
  }
}
app::AsyncGenerator<int> async_generator() {
  for (int i = 0;; ++i) {
    try {
      co_await step();
      co_yield i;
    } catch (...) {
    }
  }
}
app::Generator<int> generator() {
  for (int i = 0;; ++i) {
    try {
      co_yield i;
    } catch (...) {
    }
  }
}
