// RUN: %check %s async-busy-wait

#include <atomic>
#include <chrono>
#include <thread>

struct Worker {
  void wait() {
    while (!done)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::atomic<bool> done{false};
};
