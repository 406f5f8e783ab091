// RUN: %check %s async-ignored-failure

// Seastar's futures, which have ended and are dropped.

#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/when_all.hh>
#include <seastar/coroutine/as_future.hh>
#include <vector>

using seastar::future;

future<> work();
future<int> number();
future<std::vector<future<int>>> all(std::vector<future<int>> numbers);
void log(std::exception_ptr error);
void count(int number);
struct Signal {
  void signal();
};

future<int> continuations(int value) {
  (void)work().then_wrapped([](future<> f) { count(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'f' is never looked at, so an error in it is lost; look whether it failed, or take the error out of it [async-ignored-failure]
  (void)work().then_wrapped([](future<> &&) {});
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: this future is never looked at, so an error in it is lost
  (void)work().then_wrapped([](auto f) { return 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'f' is never looked at
  (void)work().then_wrapped([](future<> f) { f.ignore_ready_future(); });
  (void)work().then_wrapped([](future<> f) { return f.failed() ? 0 : 1; });
  (void)work().then_wrapped([](future<> f) { return f; });
  (void)work().then_wrapped([](future<> f) { (void)f; });
  (void)work().then_wrapped([]([[maybe_unused]] future<> f) {});
  (void)work().then_wrapped([](future<> f) {
    return [f = std::move(f)]() mutable { f.get(); };
  });
  // Another error is in its place.
  (void)work().then_wrapped([](future<> f) {
    count(1);
    throw Signal();
  });
  // When it has failed, nobody learns that it has ended.
  static Signal done;
  (void)work().then_wrapped([](future<> f) {
    f.get();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: when 'f' has failed, this throws, and nothing of the continuation is done, which is called for failures, too; look whether it failed first [async-ignored-failure]
    done.signal();
  });
  (void)number().then_wrapped([](future<int> f) {
    auto value = f.get();
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: when 'f' has failed, this throws
    count(value);
    done.signal();
  });
  (void)work().then_wrapped([](future<> f) {
    done.signal();
    f.get();
    done.signal();
  });
  (void)work().then_wrapped([](future<> f) {
    try {
      f.get();
    } catch (...) {
      log(std::current_exception());
    }
    done.signal();
  });
  (void)number().then_wrapped([](future<int> f) {
    if (f.failed())
      log(f.get_exception());
    else
      count(f.get());
    done.signal();
  });
  (void)work().then_wrapped([](future<> f) { f.get(); });
  // An error does not get here.
  (void)number().then([](int) {});
  return number();
}

// Not handed to anything that would call it.
auto lambda = [](future<> f) {};

future<int> loops(std::vector<future<int>> numbers) {
  int sum = 0;
  auto ended = co_await all(std::move(numbers));
  for (auto &each : ended)
    sum += each.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: when 'each' has failed, this throws, and errors in the futures behind it are lost; catch it in the loop, or look whether it failed [async-ignored-failure]
  for (auto &&each : co_await all({})) {
    count(each.get());
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: when 'each' has failed, this throws
  }
  for (auto &each : ended) {
    try {
      sum += each.get();
    } catch (...) {
      log(std::current_exception());
    }
  }
  for (auto &each : ended)
    if (!each.failed())
      sum += each.get();
  for (auto &each : ended)
    log(each.get_exception());
  for (auto &each : ended)
    each.ignore_ready_future();
  // These have not ended.
  std::vector<future<int>> pending;
  for (auto &each : pending)
    sum += co_await std::move(each);
  co_return sum;
}

template <class T> future<int> of_a_template(std::vector<future<T>> numbers) {
  auto ended = co_await all(std::move(numbers));
  for (auto &each : ended)
    count(each.get());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: when 'each' has failed, this throws
  co_return 0;
}
template future<int> of_a_template(std::vector<future<int>>);
