// RUN: %check %s async-blocking-destructor

#include <future>
#include <thread>

int compress(int);
void run() {
  std::jthread worker([] { compress(1); });
  auto work = std::async(std::launch::async, compress, 1);
}
