// RUN: %check %s async-await-suspend-use-after-publish
// The code of basic.cpp made synchronous: callbacks in the place of handles.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

struct Workers {
  std::mutex Mutex;
  std::condition_variable Filled;
  std::deque<std::function<void()>> Ready;
};

struct Hop {
  Workers &To;
  int Hops = 0;
  bool Started = false;

  void start(std::function<void()> Then) {
    {
      std::lock_guard Lock(To.Mutex);
      To.Ready.push_back(Then);
    }
    To.Filled.notify_one();
    std::thread([Then] { Then(); }).detach();
    Started = true;
    Then();
    ++Hops;
  }
};
Hop hop(Workers &To) { return {To}; }
