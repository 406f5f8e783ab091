// RUN: %check %s async-unawaited-task

// Clang leaves what is awaited as it is in the template if a lambda in it names
// a static member: nothing is known of its awaiter.

#include <cppcoro/task.hpp>

struct Threads {
  template <class F> static cppcoro::task<> onAll(F Function);
};

template <bool IsOn> struct Counters {
  static thread_local Counters Local;
  long count(int) const;
  static cppcoro::task<long> total(const int &Name) {
    long Sum = 0;
    co_await Threads::onAll([&Sum, N = Name] { Sum += Local.count(N); });
    co_return Sum;
  }
};
template <> struct Counters<false> {};
extern template struct Counters<true>;

cppcoro::task<long> total() {
  Counters<true>::total(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'Counters::total' is never awaited: 'cppcoro::task<long>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await Counters<true>::total(3);
  co_return co_await Counters<true>::total(3);
}
