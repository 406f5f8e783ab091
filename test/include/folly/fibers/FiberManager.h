#pragma once

#include <folly/Executor.h>

namespace folly {
namespace fibers {

class FiberManager : public Executor {
public:
  void add(Func func) override;
  template <typename F> void addTask(F &&) {}
};

} // namespace fibers
} // namespace folly
