// RUN: %check %s async-unawaited-guard

// Seastar: units and lock holders.

#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/when_all.hh>

using seastar::future;

future<int> measure(int number);
future<> store(int value);

// What a project makes around them.
struct Slot {
  seastar::semaphore_units<> units;
  int number;
};
class Slots {
  seastar::semaphore free{8};

public:
  future<Slot> take();
  future<seastar::semaphore_units<>> units() { return seastar::get_units(free, 1); }
};

class Table {
  seastar::rwlock lock;
  seastar::semaphore limit{2};
  Slots slots;
  int rows = 0;

  future<> insert(int value) {
    auto holder = lock.hold_write_lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'holder' does not hold what 'seastar::rwlock::hold_write_lock' acquires, but the 'seastar::future<seastar::semaphore_units<std::chrono::steady_clock>>' of it, so what follows is not protected; co_await it [async-unawaited-guard]
    // CHECK-FIXES: auto holder = co_await lock.hold_write_lock();
    rows = co_await measure(value);
  }
  future<> several(int value) {
    auto units = seastar::get_units(limit, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'units' does not hold what 'seastar::get_units' acquires
    // CHECK-FIXES: auto units = co_await seastar::get_units(limit, 1);
    auto slot = slots.take();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'slot' does not hold what 'Slots::take' acquires
    // CHECK-FIXES: auto slot = co_await slots.take();
    [[maybe_unused]] const auto more = slots.units();
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'more' does not hold what 'Slots::units' acquires
    // CHECK-FIXES: {{.*}}const auto more = co_await slots.units();
    future<seastar::semaphore_units<>> named = seastar::get_units(limit, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'named' does not hold what 'seastar::get_units' acquires
    auto silenced = seastar::get_units(limit, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'silenced' does not hold what 'seastar::get_units' acquires
    (void)silenced;
    // Awaiting this one gives nothing that a variable could keep.
    auto waited = lock.write_lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'waited' does not hold what 'seastar::rwlock::write_lock' acquires
    co_await store(value);
  }
  // Nor is anything locked while this goes on.
  future<> plain(int value) {
    auto holder = lock.hold_read_lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'holder' does not hold what 'seastar::rwlock::hold_read_lock' acquires, {{.*}}; wait for it, and keep what it gives [async-unawaited-guard]
    return store(value);
  }
  auto in_a_lambda() {
    return [this]() -> future<> {
      auto units = seastar::get_units(limit, 1);
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'units' does not hold
      // CHECK-FIXES: auto units = co_await seastar::get_units(limit, 1);
      co_await store(1);
    };
  }

  future<> right(int value) {
    auto holder = co_await lock.hold_write_lock();
    auto later = seastar::get_units(limit, 1);
    auto both = seastar::when_all(std::move(later), measure(value));
    auto units = seastar::get_units(limit, 1);
    if (!units.available())
      rows = 0;
    auto first = seastar::get_units(limit, 1);
    auto locked = co_await std::move(first);
    auto then = seastar::get_units(limit, 1);
    co_await then.then([](auto units) { return store(1); });
    auto captured = seastar::get_units(limit, 1);
    auto keep = [held = std::move(captured)] {};
  }
  future<seastar::semaphore_units<>> returned() {
    auto units = seastar::get_units(limit, 1);
    return units;
  }
};
