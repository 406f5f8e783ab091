// RUN: %check %s async-manual-async-lock

// The same without coroutines is clang's and clang-tidy's to say.

#include <mutex>

int load();

struct Store {
  std::mutex mutex;
  int value = 0;

  void synchronous() {
    mutex.lock();
    value = load();
    mutex.unlock();
  }
};
