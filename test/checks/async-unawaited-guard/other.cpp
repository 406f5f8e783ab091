// RUN: %check %s async-unawaited-guard

// cppcoro, libcoro, and a mutex of a project.

#include <coro/coro.hpp>
#include <cppcoro/async_mutex.hpp>
#include <mutex>

#include "task.h"

cppcoro::task<> of_cppcoro(cppcoro::async_mutex &mutex) {
  auto lock = mutex.scoped_lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'lock' does not hold what 'cppcoro::async_mutex::scoped_lock_async' acquires, but the 'cppcoro::async_mutex_scoped_lock_operation' of it, so what follows is not protected; co_await it [async-unawaited-guard]
  // CHECK-FIXES: auto lock = co_await mutex.scoped_lock_async();
  auto manual = mutex.lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'manual' does not hold what 'cppcoro::async_mutex::lock_async' acquires
  mutex.unlock();
  co_return;
}

coro::task<> of_libcoro(coro::mutex &mutex) {
  auto lock = mutex.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'lock' does not hold what 'coro::mutex::lock' acquires
  mutex.unlock();
  co_return;
}

namespace app {
class Mutex {
public:
  Task<std::unique_lock<Mutex>> scoped_lock();
  Task<std::shared_ptr<Mutex>> shared();
  void lock();
  void unlock();
};

Task<> of_a_project(Mutex &mutex) {
  auto lock = mutex.scoped_lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'lock' does not hold what 'app::Mutex::scoped_lock' acquires
  // CHECK-FIXES: auto lock = co_await mutex.scoped_lock();
  if (auto inner = mutex.scoped_lock(); true)
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'inner' does not hold
    // CHECK-FIXES: if (auto inner = co_await mutex.scoped_lock(); true)
    co_await resume_on(*static_cast<Pool *>(nullptr));
  // Another matter.
  auto shared = mutex.shared();
  auto passed = mutex.scoped_lock();
  co_await std::move(passed);
}

template <class M> Task<> of_a_template(M &mutex) {
  auto lock = mutex.scoped_lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'lock' does not hold
  co_return;
}
template Task<> of_a_template(Mutex &);

#define HOLD(mutex) auto held = mutex.scoped_lock()
Task<> of_a_macro(Mutex &mutex) {
  HOLD(mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'held' does not hold
  co_return;
}
} // namespace app
