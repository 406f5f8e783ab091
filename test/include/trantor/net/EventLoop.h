#ifndef TEST_INCLUDE_TRANTOR_NET_EVENT_LOOP_H
#define TEST_INCLUDE_TRANTOR_NET_EVENT_LOOP_H

#include <chrono>
#include <functional>

namespace trantor {

using Func = std::function<void()>;
using TimerId = unsigned long;

class EventLoop {
public:
  void loop();
  static EventLoop *getEventLoopOfCurrentThread();
  void runInLoop(Func &&f);
  void queueInLoop(Func &&f);
  TimerId runAfter(double delay, Func &&cb);
};

} // namespace trantor

#endif
