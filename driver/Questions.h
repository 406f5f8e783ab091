//===-- Questions.h - What is answered without an analysis ------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_QUESTIONS_H
#define ASYNC_TIDY_DRIVER_QUESTIONS_H

#include "driver/Plan.h"

namespace async_tidy {

/// '--list-checks', as a table or as JSON. Each of these prints its answer, and
/// returns the exit code.
int listChecks();

/// '--explain': the page of the check called \p Name, as it is.
int explain(llvm::StringRef Name);

/// 'async-tidy explain': pages for the terminal.
int showPages();

/// '--verify-config': whether the configurations that apply to the files of the
/// command line name nothing that there is not.
int verifyConfigurations(PlanOptions Planned);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_QUESTIONS_H
