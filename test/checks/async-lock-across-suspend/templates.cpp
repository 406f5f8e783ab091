// RUN: %check %s async-lock-across-suspend

// One finding per template, and what an instance knows about its mutex.

#include "cppcoro/async_mutex.hpp"
#include "cppcoro/generator.hpp"
#include "cppcoro/task.hpp"
#include <mutex>

cppcoro::task<int> request();
void use(int);

template <class T> cppcoro::task<T> fetch(std::mutex &mutex) {
  std::lock_guard guard(mutex);
  co_return co_await request();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}
template cppcoro::task<int> fetch(std::mutex &);
template cppcoro::task<long> fetch(std::mutex &);

#define WITH_LOCK(mutex) std::lock_guard guard(mutex)

cppcoro::task<void> macro(std::mutex &mutex) {
  WITH_LOCK(mutex);
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}

// Who asks for the next element does so with the mutex locked.
cppcoro::generator<int> elements(std::mutex &mutex) {
  std::lock_guard guard(mutex);
  for (int i = 0; i < 3; ++i)
    co_yield i;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the coroutine is suspended while 'guard' holds a mutex: whatever its consumer does meanwhile, it does with the mutex locked; unlock it before the co_yield
}
