// RUN: %check %s async-empty-critical-section

// Without coroutines, a block may be there to wait for others, or for a thread
// to see what has been written.

#include <condition_variable>
#include <mutex>
#include <thread>

int read_page(int page);

int limited(std::mutex &mutex, bool is_background) {
  if (is_background) {
    std::lock_guard lock(mutex);
    std::this_thread::yield();
  }
  return read_page(1);
}

int notifies(std::mutex &mutex, std::condition_variable &changed) {
  { std::lock_guard lock(mutex); }
  changed.notify_all();
  return read_page(1);
}
