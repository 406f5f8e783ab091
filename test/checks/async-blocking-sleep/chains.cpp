// RUN: %check %s async-blocking-sleep

// A sleep in a function that the coroutine calls, however far down: reported
// where the coroutine calls it, with the way there as notes.

#include "task.h"
#include <algorithm>
#include <unistd.h>

static void nap() { sleep(1); }
static void rest() { nap(); }

static void retry(int times) {
  if (times > 0)
    rest();
}

app::Task<> one() {
  nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await a timer [async-blocking-sleep]
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-12]]:21: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  co_return;
}

app::Task<> several(int n) {
  retry(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'retry' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await a timer [async-blocking-sleep]
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'retry' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-15]]:5: note: 'retry' calls 'rest' here
  // CHECK-NOTES-NEXT: :[[@LINE-20]]:22: note: 'rest' calls 'nap' here
  // CHECK-NOTES-NEXT: :[[@LINE-22]]:21: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  co_return;
}

// Each call is a finding of its own.
app::Task<> twice() {
  nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-31]]:21: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  rest();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'rest' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'rest' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-34]]:22: note: 'rest' calls 'nap' here
  // CHECK-NOTES-NEXT: :[[@LINE-36]]:21: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  co_return;
}

// The shortest way counts.
static void either(bool quick) {
  if (quick)
    usleep(10);
  retry(3);
}
app::Task<> shortest() {
  either(true);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'either' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'either' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-7]]:5: note: 'either' calls 'usleep' here, which blocks: it sleeps
  co_return;
}

// Defined further down.
void later();
app::Task<> before_the_definition() {
  later();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'later' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'later' blocks
  // CHECK-NOTES-NEXT: :[[@LINE+5]]:16: note: 'later' calls 'rest' here
  // CHECK-NOTES-NEXT: :[[@LINE-60]]:22: note: 'rest' calls 'nap' here
  // CHECK-NOTES-NEXT: :[[@LINE-62]]:21: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  co_return;
}
void later() { rest(); }

// Cycles end.
static void ping(int n);
static void pong(int n) {
  if (n)
    ping(n - 1);
}
static void ping(int n) {
  pong(n);
  sleep(2);
}
static void forever(int n) { forever(n - 1); }
app::Task<int> recursive(int n) {
  pong(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pong' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'pong' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-11]]:5: note: 'pong' calls 'ping' here
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:3: note: 'ping' calls 'sleep' here, which blocks: it sleeps
  forever(n);
  if (n)
    co_return co_await recursive(n - 1);
  co_return 0;
}

// Members, constructors, operators, destructors named by the code.
struct Device {
  Device() = default;
  explicit Device(const char *name) { wait_until_ready(); }
  Device(int, int) : id(settle()) {}

  void wait_until_ready() const { usleep(100); }
  static int settle() {
    sleep(3);
    return 0;
  }
  Device &operator<<(int) {
    wait_until_ready();
    return *this;
  }
  bool operator==(const Device &) const = default;
  int operator()(int x) const { return settle() + x; }

  int id = 0;
};

app::Task<> members(Device &device, const Device *other) {
  device.wait_until_ready();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Device::wait_until_ready' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Device::wait_until_ready' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-19]]:35: note: 'Device::wait_until_ready' calls 'usleep' here, which blocks: it sleeps
  other->wait_until_ready();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Device::wait_until_ready' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Device::wait_until_ready' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-23]]:35: note: 'Device::wait_until_ready' calls 'usleep' here, which blocks: it sleeps
  Device::settle();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Device::settle' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'Device::settle' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-25]]:5: note: 'Device::settle' calls 'sleep' here, which blocks: it sleeps
  device << 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Device::operator<<' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Device::operator<<' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-25]]:5: note: 'Device::operator<<' calls 'Device::wait_until_ready' here
  // CHECK-NOTES-NEXT: :[[@LINE-32]]:35: note: 'Device::wait_until_ready' calls 'usleep' here, which blocks: it sleeps
  device(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Device::operator()' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'Device::operator()' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-26]]:40: note: 'Device::operator()' calls 'Device::settle' here
  // CHECK-NOTES-NEXT: :[[@LINE-35]]:5: note: 'Device::settle' calls 'sleep' here, which blocks: it sleeps
  if (device == *other)
    co_return;
}

app::Task<> constructors() {
  Device plain;
  Device named("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Device::Device' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Device::Device' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-50]]:39: note: 'Device::Device' calls 'Device::wait_until_ready' here
  // CHECK-NOTES-NEXT: :[[@LINE-48]]:35: note: 'Device::wait_until_ready' calls 'usleep' here, which blocks: it sleeps
  Device settled{1, 2};
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Device::Device' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Device::Device' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-54]]:25: note: 'Device::Device' calls 'Device::settle' here
  // CHECK-NOTES-NEXT: :[[@LINE-51]]:5: note: 'Device::settle' calls 'sleep' here, which blocks: it sleeps
  auto *heap = new Device("b");
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'Device::Device' blocks
  // CHECK-NOTES: :[[@LINE-2]]:20: warning: 'Device::Device' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-60]]:39: note: 'Device::Device' calls 'Device::wait_until_ready' here
  // CHECK-NOTES-NEXT: :[[@LINE-58]]:35: note: 'Device::wait_until_ready' calls 'usleep' here, which blocks: it sleeps
  delete heap;
  co_return;
}

// A member that is set in the class sleeps when the object is made.
struct Settling {
  int value = Device::settle();
};
struct Holder {
  Holder() {}
  int value = Device::settle();
};
app::Task<> member_initialisers() {
  Holder holder;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Holder::Holder' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Holder::Holder' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-6]]:15: note: 'Holder::Holder' calls 'Device::settle' here
  // CHECK-NOTES-NEXT: :[[@LINE-74]]:5: note: 'Device::settle' calls 'sleep' here, which blocks: it sleeps
  co_return;
}

// Arguments are calls like others, and so is what stands in a condition.
static int slow() {
  sleep(4);
  return 1;
}
static int twice_of(int x) { return 2 * x; }
static int with_default(int x = 1) { return x; }
app::Task<int> in_expressions(int n) {
  if (slow() > n)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'slow' blocks
    n = twice_of(slow());
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'slow' blocks
  while (n < slow())
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'slow' blocks
    ++n;
  int array[] = {slow(), 2};
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'slow' blocks
  switch (slow()) {
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'slow' blocks
  case 1:
    co_return slow();
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'slow' blocks
  }
  co_return array[0] + with_default();
}

// What is only named, or only measured, does not run.
app::Task<> unevaluated() {
  (void)sizeof(slow());
  using result = decltype(slow());
  static_assert(noexcept(slow()) == false);
  void (*pointer)() = &nap;
  (void)pointer;
  co_return;
}

// Callables that algorithms call at once.
static void nap_for(int x) { usleep(x); }
app::Task<> algorithms(int *first, int *last) {
  std::for_each(first, last, nap_for);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap_for' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'nap_for' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-5]]:30: note: 'nap_for' calls 'usleep' here, which blocks: it sleeps
  std::for_each(first, last, &nap_for);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap_for' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'nap_for' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-9]]:30: note: 'nap_for' calls 'usleep' here, which blocks: it sleeps
  co_return;
}

// A coroutine's sleep is its own: whoever awaits it is not told again.
app::Task<> inner() {
  sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}
app::Task<> outer() { co_await inner(); }
static void starts_inner() { (void)inner(); }
app::Task<> outermost() {
  starts_inner();
  co_return;
}
