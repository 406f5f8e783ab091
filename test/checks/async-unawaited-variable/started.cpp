// RUN: %check %s async-unawaited-variable

// Awaitables that are not tasks: those that begin with their work when they are
// made, and those that only store it.

#include <concepts>
#include <cppcoro/task.hpp>
#include <utility>

struct Loop {
  void add(cppcoro::task<> &);
  bool accepts() const;
};
Loop &loop();

template <class T> struct Awaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
template <class T> struct Scheduled {
  explicit Scheduled(T &&work) : work_(std::move(work)) {
    if (loop().accepts())
      loop().add(work_);
  }
  Awaiter<T> operator co_await() const;
  T work_;
};
template <class T> struct Planned {
  explicit Planned(T &&work) : work_(std::move(work)) {
    (void)loop().accepts();
  }
  Awaiter<T> operator co_await() const;
  T work_;
};
cppcoro::task<> work();
template <class T> Scheduled<T> schedule(T work) {
  return Scheduled<T>(std::move(work));
}
template <class T> Planned<T> plan(T work) {
  return Planned<T>(std::move(work));
}

cppcoro::task<> started() {
  auto handle = schedule(work());
  co_await work();
}
cppcoro::task<> planned() {
  auto handle = plan(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'handle' is never awaited: 'Planned<cppcoro::task<void>>' does nothing until it is
  co_await work();
}
