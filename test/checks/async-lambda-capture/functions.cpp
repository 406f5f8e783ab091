// RUN: %check %s async-lambda-capture
// What the project's own functions do with a lambda.

#include <drogon/utils/coroutine.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>
#include <chrono>
#include <functional>
#include <string>

using namespace std::chrono_literals;
using seastar::future;
void use(const std::string &);

template <class F> void in_background(F &&f) { f(); }
template <class F> void in_background_kept(F f) {
  [](F f) -> drogon::AsyncTask { co_await f(); }(std::move(f));
}
template <class F> void and_wait(trantor::EventLoop *loop, F &&f) {
  f();
  loop->loop();
}
void background(trantor::EventLoop *loop, std::string name) {
  in_background([=]() -> drogon::AsyncTask {
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'name' is used when the lambda is gone: nobody waits for the task that 'in_background' starts, and the lambda dies at the end of this statement; copy what it needs to local variables before the first suspension [async-lambda-capture]
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  });
  in_background_kept([=]() -> drogon::AsyncTask {
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  });
  and_wait(loop, [=]() -> drogon::AsyncTask {
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  });
  drogon::async_run([=]() -> drogon::Task<> {
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  });
  loop->queueInLoop([=]() -> drogon::AsyncTask {
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: capture 'name' is used when the lambda is gone: 'trantor::EventLoop::queueInLoop' destroys the lambda
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  });
}

// A lambda that is returned dies with the caller's expression.
std::function<drogon::Task<>()> make(trantor::EventLoop *loop,
                                     std::string name) {
  return [=]() -> drogon::Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: captures 'name' and 'loop' are used when the lambda is gone: the task is stored, and the lambda dies at the end of this statement; call a coroutine that takes what it needs as parameters
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  };
}
std::function<drogon::Task<>()> make_other(trantor::EventLoop *loop,
                                           std::string name) {
  return [=]() -> drogon::Task<> {
    co_await drogon::sleepCoro(loop, 1.0);
    use(name);
  };
}
drogon::Task<> callers(trantor::EventLoop *loop) {
  auto task = make(loop, "x")();
  co_await std::move(task);
  co_await make_other(loop, "x")();
  auto work = make_other(loop, "x");
  auto other = work();
  co_await std::move(other);
}

class Store {
public:
  future<> count() {
    co_await guarded([this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: capture 'this' is used when the lambda is gone: 'seastar::with_semaphore' destroys the lambda
      co_await seastar::sleep(1s);
      ++Count;
    });
    co_await guarded(seastar::coroutine::lambda([this]() -> future<> {
      co_await seastar::sleep(1s);
      ++Count;
    }));
    co_await awaited([this]() -> future<> {
      co_await seastar::sleep(1s);
      ++Count;
    });
    co_await passed_on([this]() -> future<> {
      co_await seastar::sleep(1s);
      ++Count;
    });
    co_await by_value([this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: capture 'this' is used when the lambda is gone: the task is returned, and the lambda dies with 'Store::by_value'
      co_await seastar::sleep(1s);
      ++Count;
    });
    co_await erased([this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: capture 'this' is used when the lambda is gone: 'seastar::future::then' destroys the lambda
      co_await seastar::sleep(1s);
      ++Count;
    });
    co_await remembered([this]() -> future<> {
      co_await seastar::sleep(1s);
      ++Count;
    });
  }
  future<> returned() {
    return passed_on([this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: capture 'this' is used when the lambda is gone: the task is returned, and the lambda dies at the end of this statement
      co_await seastar::sleep(1s);
      ++Count;
    });
  }

private:
  template <class F> future<> guarded(F &&f) {
    return seastar::with_gate(Gate, [this, f = std::forward<F>(f)]() mutable {
      return seastar::with_semaphore(Limit, 1, std::move(f));
    });
  }
  template <class F> future<> awaited(F f) {
    co_await seastar::sleep(1s);
    co_await f();
  }
  template <class F> future<> passed_on(F &&f) { return f(); }
  template <class F> future<> by_value(F f) { return f(); }
  future<> erased(std::function<future<>()> f) {
    return seastar::sleep(1s).then(std::move(f));
  }
  future<> remembered(std::function<future<>()> f) {
    Work = std::move(f);
    co_await Work();
  }

  seastar::gate Gate;
  seastar::semaphore Limit{1};
  std::function<future<>()> Work;
  int Count = 0;
};
