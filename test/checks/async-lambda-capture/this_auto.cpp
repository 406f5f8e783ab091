// RUN: %check %s async-lambda-capture -- -std=c++23

#include "task.h"
#include <string>

using app::Task;

Task<> step();
void use(const std::string &);

Task<> stored(std::string name) {
  auto task = [name]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: capture 'name' is used when the lambda is gone: the task is stored, and the lambda dies at the end of this statement; make 'this auto' the first parameter, with which the coroutine keeps the lambda [async-lambda-capture]
    // CHECK-FIXES: auto task = [name](this auto) -> Task<> {
    co_await step();
    use(name);
  }();
  co_await std::move(task);
}
Task<> parameters(std::string name) {
  return [name](int count) -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone
    // CHECK-FIXES: return [name](this auto, int count) -> Task<> {
    co_await step();
    for (; count; --count)
      use(name);
  }(3);
}

// It may not be mutable then.
Task<> changes(std::string name) {
  return [name]() mutable -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone: the task is returned, and the lambda dies at the end of this statement; pass what it needs as arguments
    co_await step();
    name += "x";
  }();
}

// The coroutine has a lambda of its own.
Task<> by_value(std::string name) {
  return [name](this auto) -> Task<> {
    co_await step();
    use(name);
  }();
}
Task<> by_named_value(std::string name) {
  return [name](this auto self, int) -> Task<> {
    co_await step();
    use(name);
  }(1);
}
// A reference is none.
Task<> by_reference(std::string name) {
  return [name](this const auto &) -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone: the task is returned
    co_await step();
    use(name);
  }();
}
Task<> by_forwarding(std::string name) {
  return [name](this auto &&) -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone
    co_await step();
    use(name);
  }();
}
