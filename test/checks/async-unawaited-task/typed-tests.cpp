// RUN: %check %s async-unawaited-task

// What only a library's template instantiates is seen as well as the rest.

#include "gtest/gtest.h"
#include "task.h"

template <class Task> void run(Task task);

template <class T> struct Queues : testing::Test {
  template <class Value> using Task = app::Task<Value>;
};
using Kinds = testing::Types<int, char>;
TYPED_TEST_SUITE(Queues, Kinds);

TYPED_TEST(Queues, Push) {
  auto push = []() -> typename TestFixture::template Task<int> { co_return 1; };
  auto twice = [&]() -> typename TestFixture::template Task<int> {
    push();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'lambda at typed-tests.cpp:17' is never awaited: 'typename Queues<char>::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
    co_return co_await push();
  };
  run(twice());
}
