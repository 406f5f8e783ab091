// RUN: %check %s async-hostile-across-suspend

// Objects that change something of their thread until they are destroyed.

#include "asio.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Task.h"
#include <optional>
#include <utility>

namespace opentelemetry {
inline namespace v1 {
namespace trace {
struct Span;
class Scope {
public:
  explicit Scope(Span &span);
  ~Scope();
};
} // namespace trace
} // namespace v1
} // namespace opentelemetry
using opentelemetry::trace::Scope;
using opentelemetry::trace::Span;

namespace pybind11 {
class gil_scoped_acquire {
public:
  gil_scoped_acquire();
  ~gil_scoped_acquire();
};
} // namespace pybind11

asio::awaitable<int> request();
cppcoro::task<int> read();
folly::coro::Task<int> load();
void use(int);

asio::awaitable<void> span(Span &span) {
  Scope scope(span);
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'scope' exists: it makes a span the current one of the thread; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
  use(co_await request());
}

cppcoro::task<void> interpreter() {
  pybind11::gil_scoped_acquire gil;
  use(co_await read());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'gil' exists: it holds, or has given up, Python's lock for this thread; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
}

cppcoro::task<void> on_one_path(bool quick, Span &span) {
  if (!quick) {
    Scope scope(span);
    use(co_await read());
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine is suspended while 'scope' exists: it makes a span the current one of the thread; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
  }
}

// A class of the project's own.
thread_local const char *current_user = nullptr;

class AsUser {
public:
  explicit AsUser(const char *user)
      : previous(std::exchange(current_user, user)) {}
  ~AsUser() { current_user = previous; }

private:
  const char *previous;
};

folly::coro::Task<void> own_class() {
  AsUser user("root");
  use(co_await load());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'user' exists: it changes thread_local 'current_user' until it is destroyed; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
}

// It may say so itself.
class [[clang::annotate("async::must_not_suspend")]] Transaction {
public:
  ~Transaction();
};

folly::coro::Task<void> declared() {
  Transaction transaction;
  use(co_await load());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'transaction' exists: its class says that it must not; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
}

template <class T> cppcoro::task<T> in_a_template() {
  AsUser user("root");
  co_return co_await read();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the coroutine is suspended while 'user' exists: it changes thread_local 'current_user' until it is destroyed; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
}
template cppcoro::task<int> in_a_template();
template cppcoro::task<long> in_a_template();

#define AS_ROOT AsUser user("root")

cppcoro::task<void> in_a_macro() {
  AS_ROOT;
  use(co_await read());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'user' exists: it changes thread_local 'current_user' until it is destroyed; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
}

auto lambda = []() -> cppcoro::task<void> {
  AsUser user("root");
  use(co_await read());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'user' exists: it changes thread_local 'current_user' until it is destroyed; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await
};

// Correct.

asio::awaitable<void> in_a_block(Span &span) {
  {
    Scope scope(span);
    use(1);
  }
  use(co_await request());
}

asio::awaitable<void> returns_first(Span &span) {
  Scope scope(span);
  co_return;
}

asio::awaitable<void> not_in_the_coroutine(Span &span) {
  auto count = [&] {
    Scope scope(span);
    return 1;
  };
  use(count() + co_await request());
}

// Changes a member, not the thread.
class Counting {
public:
  explicit Counting(int &n) : count(n) { ++count; }
  ~Counting() { --count; }

private:
  int &count;
};

cppcoro::task<void> counts(int &n) {
  Counting counting(n);
  use(co_await read());
}

// Counts per thread what it has made, and puts nothing back.
thread_local int made = 0;
struct Counted {
  Counted() { ++made; }
  ~Counted() { use(0); }
};

cppcoro::task<void> counted() {
  Counted counted;
  use(co_await read());
}
