// RUN: %check %s async-timeout-misuse

#include <chrono>
#include <condition_variable>
#include <mutex>

using namespace std::chrono_literals;
int next();

int parse() {
  int sum = 0;
  while (int one = next())
    sum += one;
  return sum;
}
template <class F> auto with_timeout(std::chrono::seconds, F &&work) {
  return work();
}
int limited() { return with_timeout(1s, parse); }
bool wait(std::condition_variable &changed, std::mutex &mutex) {
  static const auto end = std::chrono::steady_clock::now() + 1s;
  std::unique_lock held(mutex);
  return changed.wait_until(held, end) == std::cv_status::timeout;
}
