// RUN: %check %s async-return-without-await
// The code of the other tests made synchronous.

#include <cstdio>
#include <exception>
#include <mutex>

int load(int N);
std::mutex Mutex;

int handled(int N) {
  try {
    return load(N);
  } catch (const std::exception &) {
    std::puts("failed");
  }
  return 0;
}
int locked(int N) {
  std::lock_guard<std::mutex> Held(Mutex);
  return load(N);
}
