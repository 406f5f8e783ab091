// RUN: %check %s async-blocking-wait

// Waits in functions, templates, lambdas and macros.

#include "asio.hpp"
#include <algorithm>
#include <functional>
#include <thread>

using asio::awaitable;

static int finish(std::future<int> &future) { return future.get(); }
static int finish_all(std::vector<std::future<int>> &futures) {
  int sum = 0;
  for (auto &future : futures)
    sum += finish(future);
  return sum;
}
class Crew {
  std::vector<std::thread> members;

public:
  ~Crew() { join(); }
  void join() {
    for (auto &member : members)
      member.join();
  }
};
awaitable<int> chains(std::vector<std::future<int>> &futures, Crew &crew) {
  crew.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Crew::join' blocks the thread that runs this coroutine, and every task on it: it waits until the thread has ended; co_await the work [async-blocking-wait]
  // CHECK-NOTES: :[[@LINE-2]]:8: warning: 'Crew::join' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-7]]:14: note: 'Crew::join' calls 'std::thread::join' here, which blocks: it waits until the thread has ended
  int one = finish(futures[0]);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'finish' blocks
  // CHECK-NOTES: :[[@LINE-2]]:13: warning: 'finish' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-25]]:61: note: 'finish' calls 'std::future::get' here, which blocks: it waits for the result
  co_return one + finish_all(futures);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'finish_all' blocks
  // CHECK-NOTES: :[[@LINE-2]]:19: warning: 'finish_all' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-25]]:12: note: 'finish_all' calls 'finish' here
  // CHECK-NOTES-NEXT: :[[@LINE-30]]:61: note: 'finish' calls 'std::future::get' here, which blocks: it waits for the result
}

// Templates.
template <class T> T value_of(std::future<T> future) { return future.get(); }
template <class T> awaitable<T> twice(std::future<T> future) {
  co_return future.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'std::future::get' blocks
}
template <class T> awaitable<T> never(std::future<T> future, std::thread &thread) {
  thread.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::thread::join' blocks
  co_return future.get();
}
template <class F> auto dependent(F future) -> awaitable<int> { co_return future.get(); }
// CHECK-MESSAGES: :[[@LINE-1]]:82: warning: 'std::future::get' blocks
template <class F> auto fine(F future) -> awaitable<int> { co_return future.get(); }
struct Ready {
  int get() { return 1; }
};
template <bool Join> awaitable<void> branches(std::thread &thread) {
  if constexpr (Join)
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::thread::join' blocks
  else
    thread.detach();
  co_return;
}
template <class T> struct Holder {
  std::future<T> future;
  awaitable<T> take() {
    co_return future.get();
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'std::future::get' blocks
  }
};
awaitable<void> uses_templates(std::thread &thread, Holder<int> &a, Holder<char> &b) {
  value_of(std::future<int>());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'value_of' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'value_of' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-35]]:70: note: 'value_of' calls 'std::future::get' here, which blocks: it waits for the result
  value_of(std::future<char>());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'value_of' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'value_of' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-39]]:70: note: 'value_of' calls 'std::future::get' here, which blocks: it waits for the result
  co_await twice(std::future<int>());
  co_await twice(std::future<char>());
  co_await dependent(std::future<int>());
  co_await dependent(Ready());
  co_await fine(Ready());
  co_await branches<true>(thread);
  co_await a.take();
  co_await b.take();
}

// Lambdas.
awaitable<void> lambdas(std::vector<std::thread> &threads, asio::thread_pool &pool,
                        std::function<void(std::function<void()>)> unknown) {
  std::for_each(threads.begin(), threads.end(), [](auto &thread) { thread.join(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:75: note: 'lambda at contexts.cpp:[[@LINE-3]]' calls 'std::thread::join' here, which blocks: it waits until the thread has ended
  std::ranges::for_each(threads, [](std::thread &thread) { thread.join(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:67: note: 'lambda at contexts.cpp:[[@LINE-3]]' calls 'std::thread::join' here, which blocks: it waits until the thread has ended
  std::ranges::for_each(threads, &std::thread::join);
  auto join = [&] { threads[0].join(); };
  join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-3]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:32: note: 'lambda at contexts.cpp:[[@LINE-4]]' calls 'std::thread::join' here, which blocks: it waits until the thread has ended
  std::thread([&] { threads[0].join(); }).detach();
  asio::post(pool, join);
  unknown([&] { threads[0].join(); });
  auto coroutine = [&]() -> awaitable<void> {
    threads[0].join();
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::thread::join' blocks
    co_return;
  };
  co_await coroutine();
}

// Macros.
#define JOIN(thread) (thread).join()
#define ALWAYS(statement) statement
#define GET(loop, work) asio::co_spawn(loop, work, asio::use_future).get()
awaitable<int> macros(std::thread &thread, asio::io_context &loop, awaitable<int> (*work)()) {
  JOIN(thread);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::thread::join' blocks
  ALWAYS(thread.join());
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::thread::join' blocks
  co_return GET(loop, work());
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::future::get' blocks
}

// Functions of other classes.
struct Condition {
  void wait();
  int get() { return 0; }
  void join() {}
};
awaitable<void> namesakes(Condition &condition, std::unique_ptr<int> pointer) {
  condition.wait();
  condition.join();
  condition.get();
  pointer.get();
  co_return;
}

// A class of the project that is a future.
struct Result : std::future<int> {
  int wait_and_get() {
    wait();
    return get();
  }
};
awaitable<int> derived(Result &result) {
  result.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Result::wait' blocks
  co_return result.wait_and_get();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'Result::wait_and_get' blocks
}

[[clang::annotate("async::nonblocking")]] static int cached(std::shared_future<int> &f) {
  return f.get();
}
awaitable<int> annotated(std::shared_future<int> &future) { co_return cached(future); }
