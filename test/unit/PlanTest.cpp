//===-- PlanTest.cpp - Compile commands of other compilers ----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Plan.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

using Line = std::vector<std::string>;

TEST(NormalizeCommand, KeepsWhatClangKnows) {
  Line L{"g++",   "-std=c++20", "-I",  "inc", "-isystem", "sys",
         "-DX=1", "-fPIC",      "-O2", "-c",  "a.cpp"};
  EXPECT_EQ(normalizeCommand(L), L);
}

TEST(NormalizeCommand, DropsFlagsOfOtherCompilers) {
  Line L{"g++",
         "-fconcepts-diagnostics-depth=3",
         "-fno-ipa-ra",
         "-fipa-pta",
         "-fmodules-ts",
         "-fmodule-mapper=x",
         "-mno-such-flag",
         "-fplugin=gcc-plugin.so",
         "-std=c++20",
         "a.cpp"};
  EXPECT_EQ(normalizeCommand(L), (Line{"g++", "-std=c++20", "a.cpp"}));
}

TEST(NormalizeCommand, DropsPrecompiledHeadersOfOtherReleases) {
  Line L{"clang++", "-Xclang",  "-include-pch", "-Xclang", "x.pch",
         "-Xclang", "-include", "-Xclang",      "x.h",     "a.cpp"};
  EXPECT_EQ(normalizeCommand(L), (Line{"clang++", "-Xclang", "-include",
                                       "-Xclang", "x.h", "a.cpp"}));
  EXPECT_EQ(normalizeCommand({"clang++", "-include-pch", "x.pch", "a.cpp"}),
            (Line{"clang++", "a.cpp"}));
}

TEST(NormalizeCommand, TakesAnEmptyOne) {
  EXPECT_EQ(normalizeCommand({}), Line());
}

} // namespace
