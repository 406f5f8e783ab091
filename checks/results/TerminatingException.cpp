//===-- TerminatingException.cpp - async-terminating-exception -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "results/EscapingException.h"

using namespace async_tidy;

namespace {

/// Finds coroutines whose exceptions end the program.
class TerminatingExceptionCheck final : public EscapingExceptionCheck {
public:
  using EscapingExceptionCheck::EscapingExceptionCheck;

private:
  Fate reported() const override { return Fate::Terminates; }
};

const Register<TerminatingExceptionCheck> R({
    .Name = "async-terminating-exception",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an exception that leaves a coroutine which nobody waits for "
               "ends the program",
});

} // namespace
