// RUN: %check %s async-blocking-sleep

// Calls of which nobody can say, or somebody has said, whether they sleep.

#include "task.h"
#include <functional>
#include <unistd.h>

void only_declared();
extern "C" int from_c(int);

struct Base {
  virtual ~Base();
  virtual void step() { sleep(1); }
  void call_step() { step(); }
};
struct Derived : Base {
  void step() override { sleep(2); }
};
struct Last final : Base {
  void step() override { sleep(3); }
};
struct Mid : Base {
  void step() final { sleep(4); }
};

static void nap() { sleep(5); }

app::Task<> unknown(Base &base, Base *pointer, void (*function)(), std::function<void()> wrapped,
                    void (Base::*member)()) {
  only_declared();
  from_c(1);
  base.step();
  pointer->step();
  function();
  wrapped();
  (base.*member)();
  base.call_step();
  function = nap;
  function();
  wrapped = nap;
  wrapped();
  co_return;
}

// Here the compiler knows, too, which function it is.
app::Task<> known(Derived &derived, Last &last, Mid &mid) {
  derived.step();
  derived.Base::step();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Base::step' blocks
  last.step();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Last::step' blocks
  mid.step();
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Mid::step' blocks
  Derived object;
  object.step();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Derived::step' blocks
  co_return;
}

// The owner vouches for these.
[[clang::annotate("async::nonblocking")]] static void measured() { usleep(1); }
[[clang::annotate("async::offload")]] static void on_another_thread(void (*what)()) { sleep(1); }
struct Clock {
  [[clang::annotate("async::nonblocking")]] void tick();
};
void Clock::tick() { usleep(2); }
static void through_an_annotated_function() { measured(); }

app::Task<> annotated(Clock &clock) {
  measured();
  on_another_thread(nap);
  clock.tick();
  through_an_annotated_function();
  co_return;
}

// What such a function is given runs on another thread.
[[clang::annotate("async::offload")]] void offload(std::function<app::Task<>()> coroutine);
void keep(std::function<app::Task<>()> coroutine);
app::Task<> given_by_name() {
  sleep(7);
  co_return;
}
app::Task<> offloads() {
  offload([]() -> app::Task<> {
    sleep(1);
    co_return;
  });
  offload(given_by_name);
  keep([]() -> app::Task<> {
    sleep(2);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  });
  co_return;
}

// Another annotation says nothing of the kind.
[[clang::annotate("slow")]] static void slow() { sleep(6); }
app::Task<> annotated_otherwise() {
  slow();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'slow' blocks
  co_return;
}

// Functions that only share the name.
namespace game {
void sleep(int);
struct Character {
  void sleep(int) {}
  unsigned usleep(unsigned) { return 0; }
};
void play() { sleep(8); }
} // namespace game

app::Task<> others(game::Character &hero) {
  game::sleep(1);
  hero.sleep(8);
  hero.usleep(10);
  game::play();
  auto sleep = [](int) {};
  sleep(1);
  co_return;
}
