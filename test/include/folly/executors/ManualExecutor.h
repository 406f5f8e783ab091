// Imitation of folly for tests: the names and shapes of the real library,
// declarations only.

#ifndef TEST_INCLUDE_FOLLY_EXECUTORS_MANUALEXECUTOR_H
#define TEST_INCLUDE_FOLLY_EXECUTORS_MANUALEXECUTOR_H

#include <cstddef>
#include <folly/Executor.h>

namespace folly {

class ManualExecutor : public Executor {
public:
  ManualExecutor();
  ~ManualExecutor();
  void add(Func func) override;
  std::size_t run();
  std::size_t drain();
  void wait();
  void drive();
  std::size_t clear();
};

} // namespace folly

#endif
