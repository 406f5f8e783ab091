// RUN: %check %s async-wrong-predicate

#include <condition_variable>
#include <mutex>

class Store {
public:
  void wait(int max) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopped_ && files_ > max)
      changed_.wait(lock, [this] { return stopped_; });
  }

private:
  bool stopped_ = false;
  int files_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
};
