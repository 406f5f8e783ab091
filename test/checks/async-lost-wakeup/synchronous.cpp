// RUN: %check %s async-lost-wakeup

// The same with threads: not of interest here.

#include <condition_variable>
#include <deque>
#include <mutex>

void print(int page);

class Printer {
public:
  void add(int page) {
    pages_.push_back(page);
    changed_.notify_all();
  }
  void run() {
    for (;;) {
      print(1);
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock);
    }
  }

private:
  std::deque<int> pages_;
  std::mutex mutex_;
  std::condition_variable changed_;
};
