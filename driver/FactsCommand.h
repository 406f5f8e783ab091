//===-- FactsCommand.h - 'async-tidy facts' ---------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Shows what is known of the functions of a program, and writes the file from
/// which the plugin in clang-tidy learns of other files; see core/FactsFile.h.
/// Also the rules by which build engines run 'async-tidy record' again.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FACTSCOMMAND_H
#define ASYNC_TIDY_DRIVER_FACTSCOMMAND_H

#include "driver/Record.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace async_tidy {

/// The facts file of the program that \p Records make, linked as \p Graph.
std::string exportFacts(const FactGraph &Graph,
                        llvm::ArrayRef<RecordReader> Records);

/// All that is known, one function at a time, for people.
std::string dumpFacts(const FactGraph &Graph);

/// "Target: Prerequisites", as Make and Ninja read it.
std::string makeRule(llvm::StringRef Target,
                     llvm::ArrayRef<std::string> Prerequisites);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FACTSCOMMAND_H
