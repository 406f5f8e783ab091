// RUN: %check %s async-blocking-sleep

// Outside of coroutines everything may sleep.

#include "boost/asio.hpp"
#include "task.h"
#include <algorithm>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

void durations(std::chrono::milliseconds delay, int count) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  std::this_thread::sleep_for(delay);
  std::this_thread::sleep_for(count * delay + 5ms);
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1s);
  sleep(5);
  usleep(1000);
  timespec half{0, 500'000'000};
  nanosleep(&half, nullptr);
}

void timers(boost::asio::steady_timer &timer) {
  timer.wait();
  boost::system::error_code ec;
  timer.wait(ec);
}

static void nap() { sleep(1); }
struct Device {
  Device() { nap(); }
  virtual void step() { nap(); }
  void operator()(int) const { nap(); }
};
void chains(Device &device, int *first, int *last) {
  nap();
  Device other;
  device.step();
  std::for_each(first, last, [](int x) { sleep(x); });
  [] { nap(); }();
  auto lambda = [](auto x) { sleep(x); };
  lambda(1);
}

template <class T> T twice(T value) {
  sleep(value);
  return value;
}
int uses_twice() { return twice(1) + twice('c'); }

// Functions that start or pass on coroutines are none themselves.
app::Task<> work();
app::Task<> forwards() {
  sleep(1);
  return work();
}
void starts(boost::asio::io_context &loop) {
  boost::asio::post(loop, [] {});
  sleep(1);
}

int main() {
  nap();
  std::thread([] { nap(); }).join();
}
