// RUN: %check %s async-loop-without-suspension

#include <atomic>

void handle(int);
void forever() {
  for (;;)
    handle(1);
}
struct Worker {
  void wait() {
    while (!done)
      ;
  }
  std::atomic<bool> done{false};
};
