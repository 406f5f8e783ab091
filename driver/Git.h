//===-- Git.h - Asking git ------------------------------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Runs the git of the machine, in a folder.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_GIT_H
#define ASYNC_TIDY_DRIVER_GIT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace async_tidy {

/// The folder at or above \p Folder that has a '.git'; empty when none has.
/// Needs no git.
std::string workTreeOf(llvm::StringRef Folder);

class Git {
public:
  /// Fails when there is no git, or \p Folder is in no work tree of one.
  static llvm::Expected<Git> in(llvm::StringRef Folder);

  /// The top folder of the work tree.
  llvm::StringRef root() const { return Root; }

  /// What git prints. Fails with what it says is wrong.
  llvm::Expected<std::string>
  run(llvm::ArrayRef<llvm::StringRef> Arguments) const;

  /// Whether history ends early, as after 'git clone --depth'.
  bool isShallow() const;

  /// Those of \p Files, absolute paths, that have changes which git could not
  /// bring back.
  llvm::Expected<std::vector<std::string>>
  uncommitted(llvm::ArrayRef<std::string> Files) const;

private:
  std::string Program, Root;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_GIT_H
