//===-- Fingerprint.h - Which findings are the same -------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Tells a finding that was there before from a new one. A fingerprint is made
/// of the check, the function around the finding, and the code that it is
/// about. It says nothing of lines, layout and files, nor of the message,
/// which the next release may word better.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FINGERPRINT_H
#define ASYNC_TIDY_DRIVER_FINGERPRINT_H

#include "driver/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace async_tidy {

/// The format of fingerprints: what has another one can't be compared.
inline constexpr llvm::StringLiteral FingerprintVersion = "asyncTidy/v1";

/// 16 hexadecimal digits.
std::string fingerprint(llvm::StringRef Check, llvm::StringRef Function,
                        llvm::StringRef Code);

/// Sets the fingerprints of \p All, and numbers those that have the same.
void identify(llvm::MutableArrayRef<LinkedFinding> All);

/// Something that was found before.
struct KnownFinding {
  std::string File; ///< absolute
  std::string Check, Function, Code, Fingerprint;
  unsigned Count = 1;
  std::string Reason; ///< why it is accepted; or empty
};

/// Whether there is a file, or a function, of this name now.
using Exists = llvm::function_ref<bool(llvm::StringRef Name)>;

/// Sets the state of those of \p Now that \p Before has. Each of \p Before
/// stands for as many as it counts, first of all in its own file. What is left
/// is looked for elsewhere, as files and functions get other names:
///  - the same in another file, where the function has a name of its own, or
///    the file is gone;
///  - the same code of the same file, where the function is gone.
/// \returns for each of \p Before how many were matched.
std::vector<unsigned> compare(llvm::MutableArrayRef<LinkedFinding> Now,
                              llvm::ArrayRef<KnownFinding> Before,
                              Exists IsFile, Exists IsFunction);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FINGERPRINT_H
