#pragma once

#include <folly/Executor.h>

namespace folly {

Executor::KeepAlive<> getGlobalCPUExecutor();

} // namespace folly
