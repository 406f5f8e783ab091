//===-- Commands.h - What the subcommands do --------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_COMMANDS_H
#define ASYNC_TIDY_DRIVER_COMMANDS_H

#include "driver/Plan.h"
#include "driver/Report.h"

namespace async_tidy {

/// Analyzes the files of the command line and reports. Each of these returns
/// the exit code.
int analyzeAndReport(PlanOptions Planned, const ReportOptions &Reporting);

/// 'async-tidy baseline'.
int writeOrUpdateBaseline(PlanOptions Planned, const ReportOptions &Reporting);

/// 'async-tidy link'.
int linkFiles(const ReportOptions &Reporting);

/// 'async-tidy record'.
int recordFile(PlanOptions Planned, const ReportOptions &Reporting);

/// 'async-tidy facts'.
int facts(PlanOptions Planned, const ReportOptions &Reporting);

/// 'async-tidy cache'.
int cacheCommand();

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_COMMANDS_H
