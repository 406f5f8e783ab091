// RUN: %check %s async-single-when-all

#include "task.h"
#include <boost/cobalt.hpp>
#include <coro/coro.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <utility>
#include <vector>

cppcoro::task<> work();
coro::task<void> job();

cppcoro::task<> one() {
  co_await cppcoro::when_all(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'cppcoro::when_all' waits for one task here; await the task itself [async-single-when-all]
}
coro::task<void> one_job() {
  co_await coro::when_all(job());
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'coro::when_all' waits for one task here
}

//===-- Right -------------------------------------------------------------===//

cppcoro::task<> two() { co_await cppcoro::when_all(work(), work()); }
cppcoro::task<> many(std::vector<cppcoro::task<>> All) {
  co_await cppcoro::when_all(std::move(All));
}
template <class... Ts> cppcoro::task<> any_number(Ts... Tasks) {
  co_await cppcoro::when_all(std::move(Tasks)...);
}
cppcoro::task<> use() { co_await any_number(work()); }
template <class T> void when_all(T);
void own() { when_all(1); }
