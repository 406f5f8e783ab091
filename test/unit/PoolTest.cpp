//===-- PoolTest.cpp - Work in processes of its own -----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Pool.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <cstdlib>
#include <unistd.h>

using namespace async_tidy;

namespace {

std::vector<std::string> run(size_t Count, PoolLimits Limits,
                             llvm::function_ref<std::string(size_t)> Work) {
  std::vector<std::string> Results(Count, "none");
  EXPECT_TRUE(runPool(
      Count, Limits, Work, [](size_t) {},
      [&](size_t I, WorkResult R) {
        EXPECT_EQ(Results[I], "none");
        Results[I] = R.Output ? R.Output->getBuffer().str() : R.Failure;
      }));
  return Results;
}

TEST(Pool, GivesEachResultToItsWork) {
  for (unsigned Processes : {0, 1, 3, 16}) {
    auto Results = run(10, {Processes, 0, 0}, [](size_t I) {
      // Not all the same size, and more than a pipe holds.
      return std::string(I * 50000, char('a' + I));
    });
    for (size_t I = 0; I != Results.size(); ++I)
      EXPECT_EQ(Results[I], std::string(I * 50000, char('a' + I)));
  }
}

TEST(Pool, WhatGoesWrongCostsOnePiece) {
  auto Results = run(5, {2, 1, 0}, [](size_t I) -> std::string {
    if (I == 1)
      std::abort();
    if (I == 2)
      _exit(7);
    if (I == 3)
      for (;;)
        ;
    return "done";
  });
  EXPECT_EQ(Results[0], "done");
  EXPECT_EQ(Results[1], "its analysis crashed (Aborted)");
  EXPECT_EQ(Results[2], "its process ended early (exit code 7)");
  EXPECT_EQ(Results[3], "it took more than 1 s (--timeout)");
  EXPECT_EQ(Results[4], "done");
}

TEST(Pool, KeepsWhatAProcessSaidWhenItFailed) {
  std::string Log;
  runPool(
      1, {},
      [](size_t) -> std::string {
        llvm::errs() << "about to fail\n";
        _exit(1);
      },
      [](size_t) {}, [&](size_t, WorkResult R) { Log = R.Log; });
  EXPECT_EQ(Log, "about to fail\n");
}

} // namespace
