// RUN: %check %s async-lambda-capture

#include <QCoroCore>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Invoke.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <winrt/Windows.Foundation.h>
#include <chrono>
#include <string>

using namespace std::chrono_literals;
void use(const std::string &);

folly::coro::Task<void> folly_returned(std::string name) {
  return [name]() -> folly::coro::Task<void> {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: capture 'name' is used when the lambda is gone: the task is returned, and the lambda dies at the end of this statement; pass what it needs as arguments [async-lambda-capture]
    co_await folly::coro::sleep(1s);
    use(name);
  }();
}
folly::coro::Task<void> folly_invoked(std::string name) {
  return folly::coro::co_invoke([name]() -> folly::coro::Task<void> {
    co_await folly::coro::sleep(1s);
    use(name);
  });
}

kj::Promise<void> wait();
kj::Promise<void> kj_continuation(std::string name) {
  return wait().then([name]() -> kj::Promise<void> {
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: capture 'name' is used when the lambda is gone: 'kj::Promise::then' destroys the lambda when the lambda has returned
    co_await wait();
    use(name);
  });
}
kj::Promise<void> kj_early(std::string name) {
  return wait().then([name]() -> kj::Promise<void> {
    use(name);
    co_await wait();
  });
}

struct Page {
  winrt::event_token Changed(
      const winrt::Windows::Foundation::TypedEventHandler<Page, int> &handler);
};
void winrt_event(Page &page, std::string name) {
  page.Changed([name](auto &&, auto &&) -> winrt::fire_and_forget {
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: capture 'name' is used when the lambda is gone: the lambda dies with the handler, which can be taken back at any time; copy what it needs to local variables before the first suspension
    co_await winrt::resume_background();
    use(name);
  });
  page.Changed([name](auto &&, auto &&) -> winrt::fire_and_forget {
    auto mine = name;
    co_await winrt::resume_background();
    use(mine);
  });
  page.Changed([name](const Page &, int) -> winrt::fire_and_forget {
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: capture 'name' is used when the lambda is gone: the lambda dies with the handler
    co_await winrt::resume_background();
    use(name);
  });
}
void winrt_called(std::string name) {
  [name]() -> winrt::fire_and_forget {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: capture 'name' is used when the lambda is gone: nobody waits for the task, and the lambda dies at the end of this statement
    co_await winrt::resume_background();
    use(name);
  }();
}

void qt_timer(std::string name) {
  QTimer::singleShot(100, [name]() -> QCoro::Task<> {
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: capture 'name' is used when the lambda is gone: 'QTimer::singleShot' destroys the lambda
    co_await QCoro::sleepFor(1s);
    use(name);
  });
}
