//===-- Link.h - From records to findings -----------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Resolves the guards of all records against the facts of all records, and
/// brings what remains into its final order.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_LINK_H
#define ASYNC_TIDY_DRIVER_LINK_H

#include "driver/Filter.h"
#include "driver/Finding.h"
#include "driver/Record.h"
#include "driver/Worker.h"

namespace async_tidy {

/// The facts of a whole program, linked.
class Program {
public:
  /// \p Records must outlive the program. A record whose facts can't be read is
  /// an error, with its file's name.
  llvm::Error link(llvm::MutableArrayRef<RecordReader> Records,
                   Overriders Needed);

  const FactGraph &graph() const { return Graph; }

private:
  llvm::BumpPtrAllocator Memory;
  FactGraph Graph;
};

/// What the records of a program amount to.
struct LinkedFindings {
  std::vector<LinkedFinding> Shown;
  std::vector<LinkedFinding> Suppressed; ///< by a NOLINT
  /// The same, also of checks that are not wanted.
  std::vector<LinkedFinding> AllSuppressed;
};

/// Brings \p All into order, each place once, and sets the fingerprints.
void arrange(std::vector<LinkedFinding> &All);

/// The findings of \p Records that hold in \p P and that \p Wanted accepts,
/// each once, by file and place. A header's findings come from every file that
/// includes it.
llvm::Expected<LinkedFindings>
findings(llvm::MutableArrayRef<RecordReader> Records, const Program &P,
         Filter &Wanted);

/// Records, read and linked; and what is found in them.
struct LinkedRecords {
  std::vector<RecordReader> Readers; ///< by their files' paths
  Program Linked;
  LinkedFindings Found; ///< with fingerprints
};

/// Links the records in \p Buffers, which must outlive the result. If they are
/// not all of a program, it may have more overriders of virtual functions.
/// \p Root is where relative paths in them start.
llvm::Expected<std::unique_ptr<LinkedRecords>>
linkRecords(llvm::ArrayRef<llvm::MemoryBufferRef> Buffers, llvm::StringRef Root,
            bool IsAll, const OptionsProviderFactory &Provider);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_LINK_H
