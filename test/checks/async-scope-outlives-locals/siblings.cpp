// RUN: %check %s async-scope-outlives-locals
// Work that an exception abandons.

#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/when_all.hh>
#include <seastar/coroutine/as_future.hh>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

struct State {
  std::string Name;
};
void use(const std::string &);
seastar::future<int> size_of(State &S, int N) {
  co_await seastar::sleep(1s);
  use(S.Name);
  co_return N;
}
seastar::future<int> early(State &S, int N) {
  use(S.Name);
  co_await seastar::sleep(1s);
  co_return N;
}
seastar::future<int> fails() {
  co_await seastar::sleep(1s);
  throw std::runtime_error("no");
}
seastar::future<> all_of(std::vector<seastar::future<int>>);

//===----------------------------------------------------------------------===//
// Others go on
//===----------------------------------------------------------------------===//

seastar::future<int> in_a_container(State &S, std::vector<int> Numbers) {
  std::vector<seastar::future<int>> All;
  All.reserve(Numbers.size());
  for (int N : Numbers)
    All.push_back(size_of(S, N));
  int Sum = 0;
  for (auto &F : All)
    Sum += co_await std::move(F);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: when this throws, the other tasks in 'All' go on and use 'S', which the caller may destroy then; wait for all of it before an exception leaves [async-scope-outlives-locals]
  co_return Sum;
}
seastar::future<int> by_index(int Count) {
  State S{"x"};
  std::vector<seastar::future<int>> All;
  for (int I = 0; I != Count; ++I)
    All.emplace_back(size_of(S, I));
  int Sum = 0;
  for (int I = 0; I != Count; ++I)
    Sum += co_await std::move(All[I]);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: when this throws, the other tasks in 'All' go on and use 'S', which is gone then; wait for all of it before an exception leaves [async-scope-outlives-locals]
  co_return Sum;
}
seastar::future<int> in_variables() {
  State S{"x"};
  auto A = size_of(S, 1);
  auto B = size_of(S, 2);
  int Sum = co_await std::move(A);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: when this throws, 'B' goes on and uses 'S', which is gone then; wait for all of it before an exception leaves [async-scope-outlives-locals]
  Sum += co_await std::move(B);
  co_return Sum;
}
seastar::future<int> explicit_throw(State &S, bool Stop) {
  auto A = size_of(S, 1);
  if (Stop)
    throw std::runtime_error("stopped");
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when this throws, 'A' goes on and uses 'S', which the caller may destroy then; wait for all of it before an exception leaves [async-scope-outlives-locals]
  co_return co_await std::move(A);
}
seastar::future<int> something_that_fails(State S) {
  auto A = size_of(S, 1);
  int Sum = co_await fails();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: when this throws, 'A' goes on and uses 'S', which is gone then; wait for all of it before an exception leaves [async-scope-outlives-locals]
  co_return Sum + co_await std::move(A);
}

//===----------------------------------------------------------------------===//
// Nothing is left behind, or it needs nothing
//===----------------------------------------------------------------------===//

seastar::future<int> one_task(State &S) {
  auto A = size_of(S, 1);
  co_return co_await std::move(A);
}
seastar::future<int> one_after_the_other(State &S) {
  int Sum = 0;
  for (int I = 0; I != 3; ++I)
    Sum += co_await size_of(S, I);
  auto A = size_of(S, 1);
  Sum += co_await std::move(A);
  auto B = size_of(S, 2);
  Sum += co_await std::move(B);
  co_return Sum;
}
seastar::future<> together(State &S) {
  std::vector<seastar::future<int>> All;
  for (int I = 0; I != 3; ++I)
    All.push_back(size_of(S, I));
  co_await all_of(std::move(All));
}
seastar::future<int> in_time(State &S) {
  std::vector<seastar::future<int>> All;
  for (int I = 0; I != 3; ++I)
    All.push_back(early(S, I));
  int Sum = 0;
  for (auto &F : All)
    Sum += co_await std::move(F);
  co_return Sum;
}
seastar::future<int> handled(State &S) {
  std::vector<seastar::future<int>> All;
  for (int I = 0; I != 3; ++I)
    All.push_back(size_of(S, I));
  int Sum = 0;
  for (auto &F : All)
    try {
      Sum += co_await std::move(F);
    } catch (...) {
      Sum = -1;
    }
  co_return Sum;
}
seastar::future<int> looked_at(State &S) {
  std::vector<seastar::future<int>> All;
  for (int I = 0; I != 3; ++I)
    All.push_back(size_of(S, I));
  int Failed = 0;
  for (auto &F : All) {
    auto Result = co_await seastar::coroutine::as_future<int>(std::move(F));
    Failed += Result.failed();
  }
  co_return Failed;
}
seastar::future<int> nothing_known_to_fail(State S) {
  auto A = size_of(S, 1);
  co_await seastar::sleep(1s);
  co_return co_await std::move(A);
}
seastar::future<int> passed_on(State &S, bool Stop) {
  auto A = size_of(S, 1).finally([] {});
  auto Both = seastar::when_all(std::move(A));
  if (Stop)
    throw std::runtime_error("stopped");
  co_return 1;
}
