// RUN: %check %s async-unawaited-on-path

#include <memory>
#include <seastar/core/coroutine.hh>

using seastar::future;
future<int> load();
future<> step();
bool ok(int);
void later(future<int>);

future<int> early_exit(int number) {
  auto value = load();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'value' is awaited on some paths, and on another it is dropped: what it returns and what it throws is lost; start it where it is awaited, or await it on each path [async-unawaited-on-path]
  if (!ok(number))
    co_return 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: note: the function is left here without it
  co_return co_await std::move(value);
}
future<int> of_a_loop(int number) {
  for (int i = 0; i < number; ++i) {
    auto value = load();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task in 'value' is awaited on some paths
    if (!ok(number))
      continue;
    number += co_await std::move(value);
  }
  co_return 1;
}
// In one that is no coroutine, too.
future<int> plain(int number) {
  auto value = load();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'value' is awaited on some paths
  if (!ok(number))
    return seastar::make_ready_future<int>(1);
  return value;
}
template <typename T> future<int> of_any(T number) {
  auto value = load();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'value' is awaited on some paths
  switch (number) {
  case 1:
    co_return co_await std::move(value);
  default:
    co_return 2;
  }
}
template future<int> of_any(int);
template future<int> of_any(long);
#define LEAVE_UNLESS(CONDITION) do { if (!(CONDITION)) co_return 0; } while (0)
future<int> in_macro(int number) {
  auto value = load();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'value' is awaited on some paths
  LEAVE_UNLESS(ok(number));
  co_return co_await std::move(value);
}
void in_lambda() {
  auto run = [](int number) -> future<> {
    auto value = load();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task in 'value' is awaited on some paths
    if (ok(number))
      later(std::move(value));
    co_await step();
  };
  (void)run(1);
}

// What is right.
future<int> started_late(int number) {
  if (!ok(number))
    co_return 1;
  auto value = load();
  co_return co_await std::move(value);
}
future<int> on_each_path(int number) {
  auto value = load();
  if (!ok(number)) {
    value.ignore_ready_future();
    co_return 1;
  }
  co_return co_await std::move(value);
}
// An exception is another story: whoever throws can't know of it.
future<int> thrown(int number) {
  auto value = load();
  if (!ok(number))
    throw 1;
  co_await step();
  co_return co_await std::move(value);
}
// Conditions that belong together.
future<int> related(int number) {
  auto value = load();
  const bool now = ok(number);
  if (now)
    co_await std::move(value);
  co_await step();
  if (!now)
    co_await std::move(value);
  co_return 1;
}
// Meant.
future<int> background(int number) {
  [[maybe_unused]] auto value = load();
  if (ok(number))
    co_return co_await std::move(value);
  co_return 1;
}
future<int> of_a_ready_one(int number) {
  auto value = seastar::make_ready_future<int>(1);
  if (!ok(number))
    co_return 1;
  co_return co_await std::move(value);
}
// The argument says whether there is something to wait for.
future<int> handle(int number, bool &handled);
future<int> handles(int number) {
  bool handled = false;
  auto value = handle(number, handled);
  if (handled)
    co_return co_await std::move(value);
  co_return 1;
}
// A macro has its own branches.
#define REQUIRE_THROW(E) do { if (ok(1)) { try { (void)E; } catch (...) {} } } while (0)
future<> in_argument() {
  auto value = load();
  REQUIRE_THROW(value.get());
  co_await step();
}
future<int> captured(int number) {
  auto value = load();
  auto finish = [&] { later(std::move(value)); };
  if (!ok(number))
    co_return 1;
  finish();
}
future<> all(future<int>, future<>);
future<int> given_on(int number) {
  auto value = load();
  auto both = all(std::move(value), step());
  if (!ok(number))
    co_await step();
  co_await std::move(both);
  co_return 1;
}
