//===-- Pool.h - Work in processes of its own -------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Runs each piece of work in a process of its own, some at a time: whatever
/// happens there, a crash, an endless loop, a lack of memory, costs that piece
/// and no other.
///
/// The processes are forks: they have the models and the plan already, where a
/// new program would read them again for every file.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_POOL_H
#define ASYNC_TIDY_DRIVER_POOL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class MemoryBuffer;
}

namespace async_tidy {

struct PoolLimits {
  unsigned Processes = 1;       ///< at a time; at least 1
  unsigned Seconds = 0;         ///< per piece of work; 0 for no limit
  uint64_t MegabytesMemory = 0; ///< per process; 0 for no limit
};

struct WorkResult {
  /// What the work returned; null when it did not come to its end.
  std::unique_ptr<llvm::MemoryBuffer> Output;
  /// Why not, as in "it crashed (Segmentation fault)".
  std::string Failure;
  /// What the process wrote to standard error, when it failed.
  std::string Log;
};

/// Calls \p Work for each number below \p Count, each time in a new process,
/// and \p Done here, as each ends, with its number and its result. When the
/// user interrupts the program, no more work is begun. \returns whether all of
/// it was done.
bool runPool(size_t Count, const PoolLimits &Limits,
             llvm::function_ref<std::string(size_t)> Work,
             llvm::function_ref<void(size_t)> Started,
             llvm::function_ref<void(size_t, WorkResult)> Done);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_POOL_H
