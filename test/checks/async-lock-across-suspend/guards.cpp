// RUN: %check %s async-lock-across-suspend

// Guards, in all the ways in which people write them.

#include "asio.hpp"
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

asio::awaitable<int> request();
void use(int);
std::mutex global;

struct Cache {
  std::mutex mutex;
  std::shared_mutex shared;
  int value = 0;

  asio::awaitable<void> lock_guard() {
    std::lock_guard<std::mutex> guard(mutex);
    value = co_await request();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> deduced() {
    std::lock_guard guard{mutex};
    value = co_await request();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> several() {
    std::scoped_lock guard(mutex, global);
    // CHECK-NOTES: :[[@LINE+2]]:9: warning: the coroutine is suspended while 'guard' holds a mutex
    // CHECK-NOTES-NEXT: :[[@LINE-2]]:22: note: locked here; 2 more suspension points follow
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    use(co_await request());
    use(co_await request());
  }

  asio::awaitable<void> readers() {
    std::shared_lock lock(shared);
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  std::unique_lock<std::mutex> locked() { return std::unique_lock(mutex); }

  asio::awaitable<void> from_a_function() {
    auto lock = locked();
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> in_an_if() {
    if (std::lock_guard guard(mutex); value == 0)
      value = co_await request();
      // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> in_a_loop() {
    while (value < 10) {
      std::unique_lock lock(mutex);
      ++value;
      co_await request();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    }
  }

  asio::awaitable<void> on_the_heap() {
    auto guard = std::make_unique<std::lock_guard<std::mutex>>(mutex);
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> optional_guard(bool exclusive) {
    std::optional<std::unique_lock<std::mutex>> lock;
    if (exclusive)
      lock.emplace(mutex);
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> new_guard() {
    auto *guard = new std::lock_guard<std::mutex>(mutex);
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    delete guard;
  }

  asio::awaitable<void> locked_later() {
    std::unique_lock lock(mutex, std::defer_lock);
    use(co_await request());
    lock.lock();
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> tried() {
    std::unique_lock lock(mutex, std::try_to_lock);
    if (lock)
      use(co_await request());
      // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> unlocked_on_one_path(bool quick) {
    std::unique_lock lock(mutex);
    if (quick)
      lock.unlock();
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> moved_to_another() {
    std::unique_lock outer(mutex);
    std::unique_lock inner(std::move(outer));
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'inner' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> after_the_handler() {
    std::unique_lock lock(mutex);
    try {
      use(value);
      lock.unlock();
    } catch (const std::exception &) {
      value = 0;
    }
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> kept_alive_by_a_reference() {
    const auto &lock = std::lock_guard(mutex);
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'lock' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }

  asio::awaitable<void> adopted() {
    mutex.lock();
    std::lock_guard guard(mutex, std::adopt_lock);
    use(co_await request());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  }
};

// A class of the project's own that does what a guard does.
class Critical {
public:
  explicit Critical(std::mutex &m) : mutex(m) { mutex.lock(); }
  ~Critical() { mutex.unlock(); }

private:
  std::mutex &mutex;
};

asio::awaitable<void> own_guard() {
  Critical section(global);
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'section' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}

// A class that has one.
struct Transaction {
  explicit Transaction(std::mutex &m) : guard(m) {}
  std::lock_guard<std::mutex> guard;
  int changes = 0;
};

asio::awaitable<void> guard_as_a_member() {
  Transaction transaction(global);
  transaction.changes = co_await request();
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the coroutine is suspended while 'transaction' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}

asio::awaitable<void> alias() {
  using Guard = std::lock_guard<std::mutex>;
  Guard guard(global);
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}

asio::awaitable<void> without_a_name(Cache &cache) {
  use((std::lock_guard(cache.mutex), co_await request()));
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the coroutine is suspended while a temporary lock is held until the end of this expression: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}

auto lambda = [](Cache &cache) -> asio::awaitable<void> {
  std::lock_guard guard(cache.mutex);
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
};

// A guard of the project, for a mutex of the project.
struct GlobalGuard {
  GlobalGuard() { global.lock(); }
  ~GlobalGuard() { global.unlock(); }
};

asio::awaitable<void> guard_of_a_global() {
  GlobalGuard guard;
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'guard' holds a mutex: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
}
