#pragma once

#include <cstdint>
#include <folly/Executor.h>

namespace folly {

class TimeoutManager {
public:
  void runAfterDelay(Func cob, std::uint32_t milliseconds);
};

class EventBase : public TimeoutManager, public Executor {
public:
  void add(Func func) override;
  void runInLoop(Func func);
  void runInEventBaseThread(Func func) noexcept;
  void runInEventBaseThreadAndWait(Func func) noexcept;
  bool loop();
  void loopForever();
};

} // namespace folly
