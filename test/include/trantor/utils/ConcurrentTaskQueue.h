#ifndef TEST_INCLUDE_TRANTOR_UTILS_CONCURRENT_TASK_QUEUE_H
#define TEST_INCLUDE_TRANTOR_UTILS_CONCURRENT_TASK_QUEUE_H

#include <functional>

namespace trantor {

class TaskQueue {
public:
  virtual void runTaskInQueue(std::function<void()> &&task) = 0;
  void syncTaskInQueue(const std::function<void()> &task);
};

class ConcurrentTaskQueue : public TaskQueue {
public:
  virtual void runTaskInQueue(std::function<void()> &&task);
};

} // namespace trantor

#endif
