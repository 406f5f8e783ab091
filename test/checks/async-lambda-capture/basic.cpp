// RUN: %check %s async-lambda-capture

#include "task.h"
#include <memory>
#include <string>
#include <vector>

using app::EagerTask;
using app::Task;

Task<> step();
Task<> both(Task<>, Task<>);
void use(const std::string &);
void spawn(Task<>);

// A lazy coroutine reads all of its captures when it is awaited.
Task<> stored(std::string name) {
  auto task = [name]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: capture 'name' is used when the lambda is gone: the task is stored, and the lambda dies at the end of this statement; pass what it needs as arguments [async-lambda-capture]
    use(name);
    co_await step();
  }();
  co_await std::move(task);
}
Task<> returned(std::string name) {
  return [name = std::move(name)]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone: the task is returned, and the lambda dies at the end of this statement
    co_await step();
    use(name);
  }();
}
Task<> kept_in_container(std::string name) {
  std::vector<Task<>> all;
  all.push_back([&]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'name' is used when the lambda is gone: the task is stored
    use(name);
    co_return;
  }());
  co_await std::move(all.front());
}
Task<> through_another(std::string name) {
  auto task = both(step(), [&name]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: capture 'name' is used when the lambda is gone: the task is stored
    use(name);
    co_return;
  }());
  co_await std::move(task);
}

class Session {
public:
  Task<> run() {
    return [this, count = 1]() -> Task<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: captures 'this' and 'count' are used when the lambda is gone: the task is returned
      co_await step();
      Sent += count;
    }();
  }
  Task<> copy() {
    return [*this]() mutable -> Task<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: capture 'this' is used when the lambda is gone
      co_await step();
      ++Sent;
    }();
  }
  Task<> implied() {
    auto task = [=, this]() -> Task<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'this' is used when the lambda is gone
      ++Sent;
      co_return;
    }();
    co_await std::move(task);
  }

private:
  int Sent = 0;
};

// Awaited where the lambda is.
Task<> awaited(std::string name) {
  co_await [&]() -> Task<> {
    co_await step();
    use(name);
  }();
  co_await both(step(), [name]() -> Task<> {
    co_await step();
    use(name);
  }());
  (co_await [name]() -> Task<> {
    co_await step();
    use(name);
  }());
}

// The lambda has a name, and lives as long as the task.
Task<> named(std::string name) {
  auto work = [&]() -> Task<> {
    co_await step();
    use(name);
  };
  auto task = work();
  co_await std::move(task);
  co_await work();
}
// It has a name, and does not.
Task<> named_and_returned(std::string name) {
  auto work = [name]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: capture 'name' is used when the lambda is gone: the task is returned, and the lambda dies with 'named_and_returned'; call a coroutine that takes what it needs as parameters
    co_await step();
    use(name);
  };
  return work();
}
Task<> static_storage() {
  static std::string name;
  static auto work = [&other = name]() -> Task<> {
    co_await step();
    use(other);
  };
  return work();
}

// No captures, or none that is used.
Task<> without_captures(std::string name) {
  return [](std::string name) -> Task<> {
    co_await step();
    use(name);
  }(name);
}
Task<> unused_capture(std::string name) {
  return [name]() -> Task<> { co_await step(); }();
}
Task<> constant() {
  const int limit = 3;
  return [=]() -> Task<> {
    for (int i = 0; i != limit; ++i)
      co_await step();
  }();
}

// What a function that nobody knows does with it is not known.
void handed_to_unknown(std::string name) {
  spawn([name]() -> Task<> {
    co_await step();
    use(name);
  }());
}

// An eager one is only late after a suspension.
EagerTask<> eager_early(std::string name) {
  return [name]() -> EagerTask<> {
    use(name);
    co_await step();
  }();
}
EagerTask<> eager_late(std::string name) {
  return [name]() -> EagerTask<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone
    co_await step();
    use(name);
  }();
}
EagerTask<> eager_copies(std::string name, int *counter) {
  return [name, counter]() -> EagerTask<> {
    auto mine = name;
    auto *own = counter;
    co_await step();
    use(mine);
    ++*own;
  }();
}
EagerTask<> eager_refers(std::string name) {
  return [name]() -> EagerTask<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone
    const auto &mine = name;
    co_await step();
    use(mine);
  }();
}
EagerTask<> eager_refers_outside(std::string &name) {
  return [&name]() -> EagerTask<> {
    const auto &mine = name;
    co_await step();
    use(mine);
  }();
}
EagerTask<> eager_loop(std::string name) {
  return [name]() -> EagerTask<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone
    for (int i = 0; i != 3; ++i) {
      use(name);
      co_await step();
    }
  }();
}
EagerTask<> eager_branch(std::string name, bool wait) {
  return [name, wait]() -> EagerTask<> {
    if (wait) {
      co_await step();
      co_return;
    }
    use(name);
  }();
}

// Of several instances of a template, the lambda is one finding.
template <class T> Task<> in_template(T value) {
  return [value]() -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'value' is used when the lambda is gone
    co_await step();
    T other = value;
    (void)other;
  }();
}
template Task<> in_template(int);
template Task<> in_template(std::string);

// A generic lambda.
Task<> generic(std::string name) {
  return [name](auto other) -> Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone
    co_await step();
    use(name + other);
  }("x");
}

#define START(...) [&]() -> Task<> { __VA_ARGS__; co_return; }()
Task<> in_macro(std::string name) {
  auto task = START(use(name));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: capture 'name' is used when the lambda is gone
  co_await std::move(task);
}

// Generators belong to their own check.
app::Generator<int> generator(int count) {
  return [count]() -> app::Generator<int> {
    for (int i = 0; i != count; ++i)
      co_yield i;
  }();
}
