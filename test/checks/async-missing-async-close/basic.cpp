// RUN: %check %s async-missing-async-close
// A destructor that insists on it.

#include "task.h"
#include <exception>

app::Task<> nap();

class Pool {
  bool IsOpen = false;

public:
  ~Pool() {
    if (IsOpen)
      std::terminate();
  }
  app::Task<> connect();
  app::Task<int> query();
  app::Task<> close();
};
class Relaxed {
public:
  ~Relaxed() {}
  app::Task<> connect();
  app::Task<int> query();
  app::Task<> close();
};

app::Task<> forgets_exceptions() {
  Pool pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pool' is destroyed when a co_await throws, before anybody has awaited 'close' of it: a 'Pool' can't wait in its destructor; await 'close' of it in a handler, too, and then throw again [async-missing-async-close]
  co_await pool.connect();
  co_await pool.query();
  co_await pool.close();
}
app::Task<> forgets() {
  Pool pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pool' is destroyed before anybody has awaited 'close' of it
  co_await pool.connect();
}
app::Task<> throws(bool fail) {
  Pool pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pool' is destroyed on some path before anybody has awaited 'close' of it
  co_await pool.connect();
  if (fail)
    throw 1;
  co_await pool.close();
}
template <class T> app::Task<T> generic() {
  Pool pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pool' is destroyed when a co_await throws
  co_await pool.connect();
  T n = co_await pool.query();
  co_await pool.close();
  co_return n;
}
template app::Task<int> generic();
template app::Task<long> generic();
#define QUERY(pool) co_await pool.query()
app::Task<> macro() {
  Pool pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pool' is destroyed when a co_await throws
  co_await pool.connect();
  QUERY(pool);
  co_await pool.close();
}
auto lambda = []() -> app::Task<> {
  Pool pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'pool' is destroyed when a co_await throws
  co_await pool.connect();
  co_await nap();
  co_await pool.close();
};

app::Task<> correct() {
  Pool pool;
  co_await pool.connect();
  std::exception_ptr error;
  try {
    co_await pool.query();
  } catch (...) {
    error = std::current_exception();
  }
  co_await pool.close();
  if (error)
    std::rethrow_exception(error);
}
app::Task<> failed_to_open() {
  Pool pool;
  co_await pool.connect();
  co_await pool.close();
}
#define EXPECT_NOTHING(statement)                                              \
  if (bool yes = check()) {                                                    \
    statement;                                                                 \
  }
#define ASSERT(condition)                                                      \
  if (!(condition))                                                            \
  co_return
bool check();
app::Task<> in_a_test() {
  Pool pool;
  co_await pool.connect();
  ASSERT(check());
  EXPECT_NOTHING(co_await pool.close());
}
struct Yield {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};
app::Task<> yields() {
  Pool pool;
  co_await pool.connect();
  co_await Yield();
  co_await pool.close();
}
app::Task<> two() {
  Pool first, second;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'first' is destroyed when a co_await throws
  co_await first.connect();
  co_await second.connect();
  co_await second.close();
  co_await first.close();
}
app::Task<> relaxed() {
  Relaxed pool;
  co_await pool.connect();
  co_await pool.query();
  co_await pool.close();
}
