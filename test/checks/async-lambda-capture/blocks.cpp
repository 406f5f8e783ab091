// RUN: %check %s async-lambda-capture
// Lambdas with a name that die before the task that they have made.

#include "task.h"
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <folly/coro/Task.h>
#include <string>
#include <utility>
#include <vector>

using app::Task;
Task<> step();
void use(const std::string &);
void use(int);
folly::coro::Task<void> all_of(std::vector<folly::coro::Task<void>>);

Task<> in_a_block(std::string Name) {
  Task<> Later;
  {
    auto Work = [Name]() -> Task<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'Name' is used when the lambda is gone: the task is stored, and the lambda dies at the end of its block
      co_await step();
      use(Name);
    };
    Later = Work();
  }
  co_await std::move(Later);
}

cppcoro::task<> of_a_loop(const std::vector<int> &All) {
  std::vector<cppcoro::task<>> Tasks;
  for (int I : All) {
    auto Work = [I]() -> cppcoro::task<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'I' is used when the lambda is gone: the task is stored, and the lambda dies at the end of its block
      use(I);
      co_return;
    };
    Tasks.push_back(Work());
  }
  co_await cppcoro::when_all(std::move(Tasks));
}

template <typename T> folly::coro::Task<void> of_any(std::vector<T> All) {
  std::vector<folly::coro::Task<void>> Tasks;
  for (auto &One : All) {
    auto Work = [&One]() -> folly::coro::Task<void> {
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'One' is used when the lambda is gone
      use(One);
      co_return;
    };
    Tasks.emplace_back(Work());
  }
  co_await all_of(std::move(Tasks));
}
template folly::coro::Task<void> of_any(std::vector<std::string>);

// One for all rounds lives long enough, and so does one that is awaited where
// it is.
cppcoro::task<> before_the_loop(const std::vector<int> &All) {
  std::vector<cppcoro::task<>> Tasks;
  auto Work = [&All](int I) -> cppcoro::task<> {
    use(All[I]);
    co_return;
  };
  for (int I = 0; I != 4; ++I)
    Tasks.push_back(Work(I));
  co_await cppcoro::when_all(std::move(Tasks));
}
cppcoro::task<> within_the_round(const std::vector<int> &All) {
  std::vector<cppcoro::task<>> Tasks;
  for (int I : All) {
    auto Work = [I]() -> cppcoro::task<> {
      use(I);
      co_return;
    };
    Tasks.push_back(Work());
    co_await cppcoro::when_all(std::move(Tasks));
    Tasks.clear();
  }
}
cppcoro::task<> without_captures(const std::vector<int> &All) {
  std::vector<cppcoro::task<>> Tasks;
  for (int I : All) {
    auto Work = [](int I) -> cppcoro::task<> {
      use(I);
      co_return;
    };
    Tasks.push_back(Work(I));
  }
  co_await cppcoro::when_all(std::move(Tasks));
}
// The same without coroutines.
void synchronous(const std::vector<int> &All) {
  std::vector<int> Results;
  for (int I : All) {
    auto Work = [I] { return I; };
    Results.push_back(Work());
  }
}
