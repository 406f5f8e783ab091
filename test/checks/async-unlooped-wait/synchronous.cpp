// RUN: %check %s async-unlooped-wait

#include <condition_variable>
#include <deque>
#include <mutex>

class Queue {
public:
  void push(int value) {
    values_.push_back(value);
    changed_.notify_one();
  }
  int pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (values_.empty())
      changed_.wait(lock);
    return values_.front();
  }

private:
  std::deque<int> values_;
  std::mutex mutex_;
  std::condition_variable changed_;
};
