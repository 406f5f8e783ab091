//===-- DetachedException.cpp - async-detached-exception -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "results/EscapingException.h"

using namespace async_tidy;

namespace {

/// Finds coroutines whose exceptions are lost.
class DetachedExceptionCheck final : public EscapingExceptionCheck {
public:
  using EscapingExceptionCheck::EscapingExceptionCheck;

private:
  Fate reported() const override { return Fate::Lost; }
};

const Register<DetachedExceptionCheck> R({
    .Name = "async-detached-exception",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // until its precision on real code is known
    .Since = "0.1",
    .Summary = "nobody gets to know what a detached coroutine throws: the work "
               "just stops",
});

} // namespace
