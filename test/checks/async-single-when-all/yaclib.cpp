// RUN: %check %s async-single-when-all

// What is only waited for keeps its result.

#include <utility>
#include <yaclib/async/future.hpp>
#include <yaclib/coro/await.hpp>

yaclib::Future<int> work();

yaclib::Future<bool> waits_only() {
  auto future = work();
  co_await yaclib::Await(future);
  co_return future.Get() != nullptr;
}
