// RUN: %check %s async-double-await

// Libraries: members that take the result out, and types that give it again.

#include <concurrencpp/concurrencpp.h>
#include <cppcoro/shared_task.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/coroutine/as_future.hh>

void log(std::exception_ptr error);
bool is_minor(std::exception_ptr error);

seastar::future<> of_seastar();
seastar::future<int> number();
seastar::future<> with_seastar() {
  auto f = co_await seastar::coroutine::as_future(of_seastar());
  if (f.failed()) {
    if (is_minor(f.get_exception()))
      log(f.get_exception());
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'f' has been taken out before, and a 'seastar::future<void>' gives it once; keep the result in a variable [async-double-await]
    // CHECK-MESSAGES: :[[@LINE-3]]:18: note: taken out here
  }
}
seastar::future<int> twice_with_seastar() {
  auto n = number();
  int sum = n.get();
  sum += n.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'n' has been taken out before
  // CHECK-MESSAGES: :[[@LINE-3]]:13: note: taken out here
  auto awaited = number();
  sum += co_await std::move(awaited);
  co_return sum + awaited.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the result of 'awaited' has been awaited before
  // CHECK-MESSAGES: :[[@LINE-3]]:29: note: awaited here
}
seastar::future<> right_with_seastar() {
  auto f = co_await seastar::coroutine::as_future(of_seastar());
  if (f.failed())
    log(f.get_exception());
  else
    f.get();
  for (int i = 0; i < 3; ++i) {
    auto each = co_await seastar::coroutine::as_future(of_seastar());
    each.get();
  }
  auto next = of_seastar();
  next = next.then([] {});
  next = next.then([] {});
  co_await std::move(next);
}

concurrencpp::result<int> of_concurrencpp();
concurrencpp::result<int> with_concurrencpp() {
  auto result = of_concurrencpp();
  int sum = co_await result;
  co_return sum + co_await result;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the result of 'result' has been awaited before, and a 'concurrencpp::result<int>' gives it once; keep the result in a variable [async-double-await]
  // CHECK-MESSAGES: :[[@LINE-3]]:22: note: awaited here
}

folly::coro::Task<int> of_folly();
folly::coro::Task<int> with_folly() {
  auto task = of_folly();
  for (;;)
    co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the result of 'task' is taken in every iteration, but a 'folly::coro::Task<int>' gives it once; make the task in the loop, or take the result before it [async-double-await]
}

kj::Promise<void> of_kj();
void with_kj(kj::WaitScope &scope) {
  auto promise = of_kj();
  auto first = promise.then([] {});
  auto second = promise.then([] {});
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the result of 'promise' has been taken out before
  // CHECK-MESSAGES: :[[@LINE-3]]:16: note: taken out here
  first.wait(scope);
  second.wait(scope);
}

// These can be awaited again while they have a name.
cppcoro::task<int> of_cppcoro();
cppcoro::shared_task<int> shared();
cppcoro::task<int> with_cppcoro() {
  auto task = of_cppcoro();
  int sum = co_await task;
  sum += co_await task;
  auto both = shared();
  sum += co_await both;
  sum += co_await std::move(both);
  co_return sum + co_await both;
}
