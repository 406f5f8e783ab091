// RUN: %check %s async-lock-across-suspend

// Nothing is locked where these are suspended.

#include "asio.hpp"
#include "cppcoro/async_mutex.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Mutex.h"
#include "folly/coro/Task.h"
#include <condition_variable>
#include <mutex>
#include <optional>

asio::awaitable<int> request();
cppcoro::task<int> read();
folly::coro::Task<int> load();
void use(int);
void process(std::unique_lock<std::mutex> &lock);
void consume(std::unique_lock<std::mutex> lock);

struct Cache {
  std::mutex mutex;
  std::condition_variable changed;
  int value = 0;

  asio::awaitable<void> in_a_block() {
    {
      std::lock_guard guard(mutex);
      use(value);
    }
    use(co_await request());
  }

  asio::awaitable<void> in_an_if() {
    if (std::lock_guard guard(mutex); value > 0)
      use(value);
    use(co_await request());
  }

  asio::awaitable<void> unlocked() {
    std::unique_lock lock(mutex);
    int copy = value;
    lock.unlock();
    copy += co_await request();
    lock.lock();
    value = copy;
  }

  asio::awaitable<void> in_a_loop() {
    std::unique_lock lock(mutex);
    while (value < 10) {
      lock.unlock();
      int more = co_await request();
      lock.lock();
      value += more;
    }
  }

  asio::awaitable<void> deferred() {
    std::unique_lock lock(mutex, std::defer_lock);
    use(co_await request());
    lock.lock();
    ++value;
  }

  asio::awaitable<void> not_acquired() {
    std::unique_lock lock(mutex, std::try_to_lock);
    if (!lock.owns_lock()) {
      use(co_await request());
      co_return;
    }
    ++value;
    lock.unlock();
    use(co_await request());
  }

  asio::awaitable<void> empty() {
    std::unique_lock<std::mutex> lock;
    std::optional<std::lock_guard<std::mutex>> maybe;
    use(co_await request());
  }

  asio::awaitable<void> given_away() {
    std::unique_lock lock(mutex);
    consume(std::move(lock));
    use(co_await request());
  }

  asio::awaitable<void> somebody_else_may_unlock() {
    std::unique_lock lock(mutex);
    process(lock);
    use(co_await request());
  }

  asio::awaitable<void> assigned() {
    std::unique_lock lock(mutex);
    lock = {};
    use(co_await request());
  }

  asio::awaitable<void> reset() {
    std::optional<std::unique_lock<std::mutex>> lock(mutex);
    ++value;
    lock.reset();
    use(co_await request());
  }

  asio::awaitable<void> deferred_and_moved() {
    std::unique_lock first(mutex, std::defer_lock);
    std::unique_lock second(std::move(first));
    use(co_await request());
  }

  asio::awaitable<void> before_it_throws() {
    try {
      std::lock_guard guard(mutex);
      use(value);
    } catch (...) {
      value = 0;
    }
    use(co_await request());
  }

  asio::awaitable<void> after_it_threw() {
    bool failed = false;
    try {
      std::unique_lock lock(mutex);
      use(value);
      lock.unlock();
    } catch (const std::exception &) {
      failed = true;
    }
    if (failed)
      use(co_await request());
  }

  asio::awaitable<void> argument_of_a_call() {
    use((std::lock_guard(mutex), value));
    use(co_await request());
  }

  asio::awaitable<void> returns_first() {
    std::lock_guard guard(mutex);
    co_return;
  }

  asio::awaitable<int> read_under_lock() {
    int copy = [&] {
      std::lock_guard guard(mutex);
      return value;
    }();
    co_return copy + co_await request();
  }
};

// A lock that is awaited is made for this.
cppcoro::task<void> asynchronous(cppcoro::async_mutex &mutex) {
  cppcoro::async_mutex_lock lock = co_await mutex.scoped_lock_async();
  use(co_await read());
}

folly::coro::Task<void> asynchronous(folly::coro::Mutex &mutex) {
  std::unique_lock<folly::coro::Mutex> lock = co_await mutex.co_scoped_lock();
  use(co_await load());
}

folly::coro::Task<void> adopted(folly::coro::Mutex &mutex) {
  co_await mutex.co_lock();
  std::unique_lock<folly::coro::Mutex> lock(mutex, std::adopt_lock);
  use(co_await load());
}

// A program without threads locks nothing.
struct NoMutex {
  void lock() {}
  void unlock() {}
  bool try_lock() { return true; }
};

cppcoro::task<void> no_threads(NoMutex &mutex) {
  std::lock_guard guard(mutex);
  use(co_await read());
}

// What never suspends is no suspension point.
cppcoro::task<void> never_suspends(std::mutex &mutex) {
  std::lock_guard guard(mutex);
  co_await std::suspend_never();
}

// A mutex that is locked by an await only, and a guard that gives it back.
class Turnstile {
public:
  cppcoro::task<std::unique_lock<Turnstile>> enter();
  bool try_lock();
  void unlock();
};
Turnstile turnstile;
cppcoro::task<int> through_a_turnstile() {
  std::unique_lock<Turnstile> lock = co_await turnstile.enter();
  co_return co_await read();
}

// An await that never suspends, as its awaiter says.
struct Immediate {
  int value;
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  int await_resume() const noexcept { return value; }
};
std::mutex everybodys;
cppcoro::task<int> never_suspends() {
  std::lock_guard guard(everybodys);
  co_return co_await Immediate{1};
}

// A class that locks and unlocks in its constructor, and again in its
// destructor, is no guard.
struct Registered {
  Registered() {
    everybodys.lock();
    use(1);
    everybodys.unlock();
  }
  ~Registered() {
    everybodys.lock();
    use(0);
    everybodys.unlock();
  }
};
cppcoro::task<int> is_registered() {
  Registered here;
  co_return co_await read();
}
