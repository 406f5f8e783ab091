#pragma once

#include <cstddef>
#include <folly/Executor.h>

namespace folly {

class ThreadPoolExecutor : public virtual Executor {
public:
  void add(Func func) override;
  void join();
  void stop();
};

class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  explicit CPUThreadPoolExecutor(std::size_t numThreads);
  void add(Func func) override;
};

} // namespace folly
