// RUN: %check %s async-unawaited-guard

// The same code without coroutines: locks that are there at once.

#include <mutex>
#include <shared_mutex>

class Mutex {
public:
  std::unique_lock<std::mutex> scoped_lock();
  std::shared_lock<std::shared_mutex> hold_read_lock();
};

struct Slot {
  std::unique_lock<std::mutex> lock;
  int number;
};
Slot take();

int guarded(Mutex &mutex) {
  auto lock = mutex.scoped_lock();
  auto holder = mutex.hold_read_lock();
  auto slot = take();
  return 1;
}
