// RUN: %check %s async-unawaited-on-path
// Tasks that are lazy, or end with their object, may be left.

#include <boost/cobalt.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <kj/async.h>

bool ok(int);

cppcoro::task<int> of_cppcoro();
cppcoro::task<int> with_cppcoro(int number) {
  auto value = of_cppcoro();
  if (!ok(number))
    co_return 1;
  co_return co_await std::move(value);
}
folly::coro::Task<int> of_folly();
folly::coro::Task<int> with_folly(int number) {
  auto value = of_folly();
  if (!ok(number))
    co_return 1;
  co_return co_await std::move(value);
}
kj::Promise<int> of_kj();
kj::Promise<int> with_kj(int number) {
  auto value = of_kj();
  if (!ok(number))
    co_return 1;
  co_return co_await value;
}
boost::cobalt::promise<int> of_cobalt();
boost::cobalt::promise<int> with_cobalt(int number) {
  auto value = of_cobalt();
  if (!ok(number))
    co_return 1;
  co_return co_await value;
}
