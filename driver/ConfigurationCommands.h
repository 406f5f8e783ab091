//===-- ConfigurationCommands.h - Showing and checking options -- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_CONFIGURATIONCOMMANDS_H
#define ASYNC_TIDY_DRIVER_CONFIGURATIONCOMMANDS_H

#include "driver/Configuration.h"

namespace async_tidy {

/// The options that apply to \p File, with all that our checks have, as YAML.
std::string dumpConfiguration(const OptionsProviderFactory &Provider,
                              llvm::StringRef File);

/// What is wrong in \p Configurations: that they can't be read, or name checks
/// and options of ours that there are not, with the nearest right word.
std::vector<std::string>
verifyConfiguration(llvm::ArrayRef<llvm::MemoryBufferRef> Configurations);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_CONFIGURATIONCOMMANDS_H
