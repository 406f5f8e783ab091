// RUN: %check %s async-blocking-wait

// What the standard library and POSIX wait with.

#include "task.h"
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <pthread.h>
#include <semaphore.h>
#include <semaphore>
#include <signal.h>
#include <sys/epoll.h>
#include <thread>

using namespace std::chrono_literals;

int compute();

app::Task<int> futures(std::future<int> future, std::shared_future<int> shared,
                       std::future<void> &done) {
  int sum = future.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  sum += shared.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::shared_future::get' blocks
  done.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'std::future::wait' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  sum += std::async(std::launch::async, compute).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:50: warning: 'std::future::get' blocks
  std::promise<int> promise;
  promise.get_future().wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'std::future::wait' blocks
  sum += promise.get_future().share().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'std::shared_future::get' blocks
  co_return sum;
}

app::Task<> timed(std::future<int> &future, std::shared_future<int> &shared, int n) {
  future.wait_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::future::wait_for' blocks
  shared.wait_until(std::chrono::steady_clock::now() + 1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::shared_future::wait_until' blocks
  future.wait_for(std::chrono::milliseconds(n));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::future::wait_for' blocks
  co_return;
}

// A future that is only asked, and used when it has the result.
app::Task<int> asked(std::future<int> future, std::shared_future<int> shared) {
  if (future.wait_for(0s) == std::future_status::ready)
    co_return future.get();
  while (shared.wait_for(std::chrono::seconds::zero()) != std::future_status::ready)
    co_await futures({}, {}, *(std::future<void> *)nullptr);
  co_return shared.get();
}

// What has been waited for is there: one finding is enough.
app::Task<int> waited_for(std::future<int> future, std::future<int> other) {
  future.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::future::wait' blocks
  other.wait_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::future::wait_for' blocks
  co_return future.get() + other.get();
}

struct Loader {
  std::future<int> pending;
  std::future<int> other;
  bool ready() const { return pending.wait_for(0s) == std::future_status::ready; }
  app::Task<int> result() {
    if (ready())
      co_return pending.get();
    co_return other.get();
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'std::future::get' blocks
  }
};

app::Task<> threads(std::thread &thread, pthread_t handle) {
  thread.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::thread::join' blocks the thread that runs this coroutine, and every task on it: it waits until the thread has ended; co_await the work [async-blocking-wait]
  std::jthread other([] {});
  other.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::jthread::join' blocks
  pthread_join(handle, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pthread_join' blocks

  std::thread detached([] {});
  detached.detach();
  if (thread.joinable())
    other.request_stop();
  co_return;
}

app::Task<> conditions(std::condition_variable &condition, std::condition_variable_any &any,
                       std::mutex &mutex, pthread_cond_t *raw, pthread_mutex_t *raw_mutex) {
  std::unique_lock lock(mutex);
  condition.wait(lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::condition_variable::wait' blocks the thread that runs this coroutine, and every task on it: it waits until another thread notifies it; co_await the work [async-blocking-wait]
  condition.wait(lock, [] { return true; });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::condition_variable::wait' blocks
  condition.wait_for(lock, 1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::condition_variable::wait_for' blocks
  condition.wait_until(lock, std::chrono::steady_clock::now());
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::condition_variable::wait_until' blocks
  any.wait(lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::condition_variable_any::wait' blocks
  pthread_cond_wait(raw, raw_mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pthread_cond_wait' blocks

  condition.wait_for(lock, 0s);
  condition.notify_all();
  lock.unlock();
  co_return;
}

app::Task<> others(std::latch &latch, std::barrier<> &barrier,
                   std::counting_semaphore<> &semaphore, std::binary_semaphore &binary,
                   std::atomic<int> &value, std::atomic_flag &flag, sem_t *raw, sigset_t *set) {
  latch.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::latch::wait' blocks the thread that runs this coroutine, and every task on it: it waits until all other threads have arrived; co_await the work [async-blocking-wait]
  latch.arrive_and_wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::latch::arrive_and_wait' blocks
  barrier.arrive_and_wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::barrier::arrive_and_wait' blocks
  semaphore.acquire();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::counting_semaphore::acquire' blocks the thread that runs this coroutine, and every task on it: it waits until another thread releases the semaphore; co_await the work [async-blocking-wait]
  binary.acquire();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::binary_semaphore::acquire' blocks
  semaphore.try_acquire_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::counting_semaphore::try_acquire_for' blocks
  value.wait(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::atomic::wait' blocks the thread that runs this coroutine, and every task on it: it waits until another thread changes the value; co_await the work [async-blocking-wait]
  flag.wait(true);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'std::atomic_flag::wait' blocks
  sem_wait(raw);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sem_wait' blocks
  int number;
  sigwait(set, &number);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sigwait' blocks
  pause();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pause' blocks

  latch.count_down();
  if (latch.try_wait() && semaphore.try_acquire())
    semaphore.release();
  binary.try_acquire_for(0s);
  value.notify_all();
  sem_trywait(raw);
  // Whoever holds a mutex lets go of it soon.
  std::mutex mutex;
  std::lock_guard guard(mutex);
  co_return;
}

// An event loop inside of another one.
app::Task<> loops(epoll_event *events, int n) {
  epoll_wait(3, events, n, -1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'epoll_wait' blocks the thread that runs this coroutine, and every task on it: it waits for events, as an event loop does; co_await the work [async-blocking-wait]
  epoll_wait(3, events, n, 0);
  co_await threads(*(std::thread *)nullptr, {});
}
app::Task<> drives_a_loop(epoll_event *events, int n) {
  epoll_wait(3, events, n, -1);
  co_return;
}
