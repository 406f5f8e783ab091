// RUN: %check %s async-blocking-await-hook

// Outside of awaiters and promises everything may block.

#include <future>
#include <thread>
#include <unistd.h>

static void nap() { sleep(1); }

struct Reply {
  std::future<int> &result;
  bool is_ready() {
    return result.wait_for(std::chrono::seconds(1)) ==
           std::future_status::ready;
  }
  int get() { return result.get(); }
  void wait() {
    nap();
    std::thread([this] { result.wait(); }).join();
  }
};

struct Job {
  void start() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
  void finish() { nap(); }
};
