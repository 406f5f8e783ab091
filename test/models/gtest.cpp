// RUN: %check %s async-*

// What a death test runs is in a process of its own.

#include "asio.hpp"
#include "gtest_macros.h"
#include <cstdlib>

asio::awaitable<void> work();

void tests() {
  EXPECT_DEATH(work(), "no executor");
  EXPECT_DEATH(
      {
        work();
        EXPECT_TRUE(work);
      },
      "no executor");
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
}

asio::awaitable<void> coroutine() {
  EXPECT_DEATH(std::system("kill"), "");
  EXPECT_TRUE(std::system("true") == 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'system' blocks the thread
  co_return;
}
