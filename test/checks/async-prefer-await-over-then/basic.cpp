// RUN: %check %s async-prefer-await-over-then

#include <QCoroCore>
#include <folly/coro/Task.h>
#include <folly/futures/Future.h>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>
#include <seastar/core/smp.hh>
#include <utility>

//===-- Seastar -----------------------------------------------------------===//

seastar::future<int> count();
seastar::future<int> store(int n);
int twice(int n);
void tell(const char *what);

seastar::future<int> doubled() {
  co_return co_await count().then([](int n) { return twice(n); });
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'seastar::future::then' is told here what comes next, and the coroutine awaits that: it can do it itself, with its own variables; co_await the work, and go on behind it [async-prefer-await-over-then]
}

// Two in a row are one finding.
seastar::future<> chained() {
  int n = co_await count()
              .then([](int n) { return store(n); })
              // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'seastar::future::then' is told here what comes next
              .then([](int n) { return n + 1; });
  (void)n;
}

struct Table {
  int rows = 0;
  seastar::future<> refresh() {
    co_await count().then([this](int n) { rows = n; });
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'seastar::future::then' is told here what comes next
  }
};

template <class Key> seastar::future<int> look_up(Key key) {
  co_return co_await store(key).then([](int n) { return n; });
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'seastar::future::then' is told here what comes next
}
seastar::future<int> both() {
  co_return co_await look_up(1) + co_await look_up(2L);
}

//===-- KJ, QCoro, folly --------------------------------------------------===//

kj::Promise<int> ask();

kj::Promise<int> asked() {
  co_return co_await ask().then([](int answer) { return answer + 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'kj::Promise::then' is told here what comes next
}

QCoro::Task<int> fetch();

QCoro::Task<void> fetched() {
  co_await fetch().then([](int value) { tell(value ? "some" : "none"); });
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'QCoro::Task::then' is told here what comes next
}

folly::SemiFuture<int> compute();

folly::coro::Task<void> computed() {
  auto work = [](int value) { return value; };
  co_await compute().deferValue([](int value) { return value; });
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'folly::SemiFuture::deferValue' is told here what comes next
  // A function that has a name of its own does not have to be written again.
  co_await compute().deferValue(work);
}

//===-- Right -------------------------------------------------------------===//

seastar::future<int> in_order() { co_return twice(co_await count()); }

// What is awaited later runs meanwhile.
seastar::future<int> meanwhile() {
  auto pending = count().then([](int n) { return twice(n); });
  tell("started");
  co_return co_await std::move(pending);
}

// A handler can't await, and there is no 'finally' in the language.
seastar::future<> flush();
seastar::future<> cleaned_up() {
  co_await flush().finally([] { return flush(); });
}

// No coroutine: there is nothing to await with.
seastar::future<int> plain() {
  return count().then([](int n) { return twice(n); });
}

// The continuation may throw into the handler of KJ.
kj::Promise<int> with_handler() {
  co_return co_await ask().then([](int n) { return n; }, [](kj::Exception &&) { return 0; });
}

// It runs on the executor of the future, and not on the coroutine's.
folly::Future<int> elsewhere();
folly::coro::Task<void> on_its_executor() {
  co_await elsewhere().thenValue([](int value) { return value; });
}

#define LOOK_UP(what) co_await (what).then([](int n) { return n; })
seastar::future<int> by_macro() { co_return LOOK_UP(count()); }

// A class of the user's with such a name is none of a library's.
struct Chain {
  template <class F> Chain &then(F) { return *this; }
  seastar::future<> run();
};
seastar::future<> user(Chain &chain) {
  co_await chain.then([] {}).then([] {}).run();
}
