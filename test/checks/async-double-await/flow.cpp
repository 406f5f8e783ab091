// RUN: %check %s async-double-await

// Paths, and the types of a project.

#include "task.h"

app::Task<int> get();
app::EagerTask<int> eager();
int use(int first, int second = 0);
void start(app::Task<int> task);
void refill(app::Task<int> &task);
bool ready();

app::Task<> twice() {
  auto task = get();
  use(co_await std::move(task));
  use(co_await std::move(task));
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the result of 'task' has been awaited before, and a 'app::Task<int>' gives it once; keep the result in a variable [async-double-await]
  // CHECK-MESSAGES: :[[@LINE-3]]:26: note: awaited here
}
app::Task<> after_a_move() {
  auto task = get();
  start(std::move(task));
  co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the result of 'task' has been moved away before
  // CHECK-MESSAGES: :[[@LINE-3]]:19: note: moved away here
}
app::Task<> on_a_path(bool yes) {
  auto task = get();
  if (yes)
    use(co_await std::move(task));
  co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the result of 'task' has been awaited before
  // CHECK-MESSAGES: :[[@LINE-3]]:28: note: awaited here
}
app::Task<> of_a_parameter(app::Task<int> task) {
  co_await std::move(task);
  while (ready())
    co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the result of 'task' has been awaited before
  // CHECK-MESSAGES: :[[@LINE-4]]:22: note: awaited here
}
app::Task<> again_when_it_failed() {
  auto task = get();
  try {
    co_await std::move(task);
  } catch (...) {
    ready();
  }
  co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the result of 'task' has been awaited before
  // CHECK-MESSAGES: :[[@LINE-6]]:24: note: awaited here
}
void in_a_lambda() {
  auto lambda = []() -> app::Task<> {
    auto task = get();
    co_await std::move(task);
    co_await std::move(task);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the result of 'task' has been awaited before
    // CHECK-MESSAGES: :[[@LINE-3]]:24: note: awaited here
  };
}
template <class T> app::Task<> of_a_template() {
  auto task = get();
  co_await std::move(task);
  co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the result of 'task' has been awaited before
  // CHECK-MESSAGES: :[[@LINE-3]]:22: note: awaited here
}
template app::Task<> of_a_template<int>();
template app::Task<> of_a_template<char>();
#define AWAIT(task) co_await std::move(task)
app::Task<> of_a_macro() {
  auto task = get();
  AWAIT(task);
  AWAIT(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'task' has been awaited before
  // CHECK-MESSAGES: :[[@LINE-3]]:9: note: awaited here
}

app::Task<> right(bool yes, app::Task<int> &theirs) {
  auto renewed = get();
  co_await std::move(renewed);
  renewed = get();
  co_await std::move(renewed);
  auto refilled = get();
  co_await std::move(refilled);
  refill(refilled);
  co_await std::move(refilled);
  auto asked = get();
  if (yes)
    co_await std::move(asked);
  if (!asked.done())
    co_await std::move(asked);
  auto either = get();
  if (yes)
    co_await std::move(either);
  else
    start(std::move(either));
  // Never both.
  auto one = get();
  if (yes)
    co_await std::move(one);
  ready();
  if (!yes)
    co_await std::move(one);
  auto once = get();
  bool done = false;
  for (int i = 0; i < 3; ++i) {
    if (!done) {
      co_await std::move(once);
      done = true;
    }
  }
  auto left = get();
  for (;;) {
    co_await std::move(left);
    break;
  }
  for (int i = 0; i < 3; ++i) {
    auto each = get();
    co_await std::move(each);
  }
  co_await std::move(theirs);
  // An object that can be awaited at any time.
  auto switches = app::resume_on(*static_cast<app::Pool *>(nullptr));
  co_await switches;
  co_await switches;
  // Nothing says that this one forgets what it gave.
  auto kept = eager();
  use(co_await kept, co_await kept);
}

// A macro that writes its argument twice, and one that is a loop.
#define EXPECT(value)                                                                              \
  if ((value) != 1)                                                                                \
  use((value))
#define REQUIRE(value)                                                                             \
  do {                                                                                             \
    use((value));                                                                                  \
  } while (ready())
app::Task<> in_other_macros() {
  auto expected = get();
  EXPECT(co_await std::move(expected));
  auto required = get();
  REQUIRE(co_await std::move(required));
}
