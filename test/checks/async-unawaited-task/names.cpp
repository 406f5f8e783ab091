// RUN: %check %s async-unawaited-task

// Names, namespaces and aliases.

#include "task.h"

namespace lib = app;
template <class T> using Lazy = lib::Task<T>;
typedef lib::Task<int> Number;
using Nothing = Lazy<void>;

namespace outer {
inline namespace v1 {
Number number();
struct Nested {
  static Nothing nothing();
};
} // namespace v1
namespace {
Lazy<char> unnamed() { co_return 'c'; }
} // namespace
} // namespace outer

Nothing f() {
  outer::number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'outer::number' is never awaited: 'Number' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await outer::number();
  outer::Nested::nothing();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'outer::Nested::nothing' is never awaited: 'Nothing' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await outer::Nested::nothing();
  outer::unnamed();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'outer::unnamed' is never awaited: 'Lazy<char>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await outer::unnamed();
  using namespace outer;
  number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'outer::number' is never awaited
  // CHECK-FIXES: co_await number();
  const auto local = [] { return number(); };
  struct Local {
    Number get() { return number(); }
  };
  Local().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'Local::get' is never awaited: 'Number' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await Local().get();
  co_return;
}

// Namesakes of a task.
namespace game {
template <class T> struct Task {
  T done() { return {}; }
};
Task<int> hunt() { return {}; }
struct awaitable {};
awaitable wait() { return {}; }
} // namespace game
Nothing g() {
  game::hunt();
  game::wait();
  game::hunt().done();
  co_return;
}
