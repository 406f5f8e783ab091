// RUN: %check %s async-lock-across-suspend

// The same without coroutines.

#include <mutex>

int request();
void use(int);

struct Cache {
  std::mutex mutex;
  int value = 0;

  void guard() {
    std::lock_guard guard(mutex);
    value = request();
  }

  void by_hand() {
    mutex.lock();
    value = request();
    mutex.unlock();
  }
};
