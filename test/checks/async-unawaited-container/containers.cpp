// RUN: %check %s async-unawaited-container

// Containers and arrays of tasks, of a project and of libraries.

#include "asio.hpp"
#include "task.h"
#include <array>
#include <cppcoro/task.hpp>
#include <deque>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <vector>

app::Task<> save(int n);
app::EagerTask<> eager(int n);
app::Task<> all(std::vector<app::Task<>> tasks);
app::Task<> each(app::Task<> *begin, app::Task<> *end);
cppcoro::task<> of_cppcoro();
asio::awaitable<void> of_asio();
folly::coro::Task<void> of_folly();
folly::SemiFuture<int> future_of_folly();
seastar::future<> of_seastar();
seastar::future<> all_of_seastar(std::vector<seastar::future<>> tasks);

app::Task<> filled(const std::vector<int> &numbers) {
  std::vector<app::Task<>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the tasks in 'tasks' are never awaited: 'app::Task<>' is lazy, so nothing of it runs; co_await them [async-unawaited-container]
  // CHECK-MESSAGES: :[[@LINE+3]]:21: note: made here
  tasks.reserve(numbers.size());
  for (int n : numbers)
    tasks.push_back(save(n));
  app::Task<> two[] = {save(1), save(2)};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the tasks in 'two' are never awaited
  // CHECK-MESSAGES: :[[@LINE-2]]:24: note: made here
  std::array<app::Task<>, 2> array{save(1), save(2)};
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the tasks in 'array' are never awaited
  // CHECK-MESSAGES: :[[@LINE-2]]:36: note: made here
  co_return;
}
cppcoro::task<> with_cppcoro() {
  std::deque<cppcoro::task<>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the tasks in 'tasks' are never awaited
  // CHECK-MESSAGES: :[[@LINE+1]]:22: note: made here
  tasks.emplace_back(of_cppcoro());
  if (!tasks.empty())
    co_return;
}
void with_asio() {
  std::vector<asio::awaitable<void>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the tasks in 'tasks' are never awaited: 'asio::awaitable<void>' is lazy, so nothing of it runs; give them to somebody who awaits them [async-unawaited-container]
  // CHECK-MESSAGES: :[[@LINE+1]]:19: note: made here
  tasks.push_back(of_asio());
}
folly::coro::Task<void> with_folly() {
  std::vector<folly::SemiFuture<int>> dropped;
  dropped.push_back(future_of_folly());
  std::vector<folly::coro::Task<void>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: the tasks in 'tasks' are never awaited
  // CHECK-MESSAGES: :[[@LINE+1]]:19: note: made here
  tasks.push_back(of_folly());
  co_return;
}
seastar::future<> with_seastar() {
  std::vector<seastar::future<>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: the tasks in 'tasks' are never awaited: what it returns and what it throws is lost
  // CHECK-MESSAGES: :[[@LINE+1]]:19: note: made here
  tasks.push_back(of_seastar());
  std::vector<seastar::future<>> more;
  more.push_back(of_seastar());
  co_await all_of_seastar(std::move(more));
  std::vector<seastar::future<>> ready;
  ready.push_back(seastar::make_ready_future<>());
}

std::vector<app::Task<>> members;
app::Task<> right(std::vector<app::Task<>> &out, bool yes) {
  std::vector<app::Task<>> moved;
  moved.push_back(save(1));
  co_await all(std::move(moved));
  std::vector<app::Task<>> stored;
  stored.push_back(save(1));
  out = std::move(stored);
  std::vector<app::Task<>> iterated;
  iterated.push_back(save(1));
  for (auto &task : iterated)
    co_await std::move(task);
  std::vector<app::Task<>> swapped;
  swapped.push_back(save(1));
  std::swap(swapped, out);
  std::vector<app::Task<>> indexed;
  indexed.push_back(save(1));
  co_await std::move(indexed[0]);
  std::vector<app::Task<>> last;
  last.push_back(save(1));
  co_await std::move(last.back());
  std::vector<app::Task<>> used;
  co_await std::move(used.emplace_back(save(1)));
  app::Task<> two[] = {save(1), save(2)};
  co_await each(two, two + 2);
  std::vector<app::Task<>> captured;
  captured.push_back(save(1));
  auto later = [&] { return all(std::move(captured)); };
  std::vector<app::Task<>> unused;
  unused.reserve(3);
  std::vector<app::Task<>> taken = std::move(members);
  // It may be that their destructors wait.
  std::vector<app::EagerTask<>> background;
  background.push_back(eager(1));
}
std::vector<app::Task<>> returned() {
  std::vector<app::Task<>> tasks;
  tasks.push_back(save(1));
  return tasks;
}

template <class T> app::Task<> of_a_template(T n) {
  std::vector<app::Task<>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the tasks in 'tasks' are never awaited
  // CHECK-MESSAGES: :[[@LINE+1]]:19: note: made here
  tasks.push_back(save(n));
  co_return;
}
template app::Task<> of_a_template(int);

#define ADD(n) tasks.push_back(save(n))
auto of_a_lambda = [] {
  std::vector<app::Task<>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the tasks in 'tasks' are never awaited
  // CHECK-MESSAGES: :[[@LINE+2]]:3: note: made here
  // CHECK-MESSAGES: :[[@LINE-5]]:32: note: expanded from macro 'ADD'
  ADD(1);
};
