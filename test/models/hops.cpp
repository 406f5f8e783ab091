// RUN: %check %s async-blocking-sleep --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// Blocking is fine from a hop to a blocking executor on, and no longer after
// the hop back.

#include "green.h"
#include <thread>

using namespace std::chrono_literals;

green::Job<> there_and_back() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(1s);
  co_await green::to_background();
  std::this_thread::sleep_for(2s);
  co_await green::write();
  std::this_thread::sleep_for(3s);
  co_await green::to_loop();
  std::this_thread::sleep_for(4s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(4s);
}

green::Job<> for_now() {
  co_await green::to_background_for_now();
  std::this_thread::sleep_for(2s);
  co_await green::write();
  std::this_thread::sleep_for(3s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(3s);
}

// The object names the executor, or an argument does.
green::Job<> by_object(green::Pool &pool, green::Loop &loop) {
  co_await pool.schedule();
  std::this_thread::sleep_for(2s);
  co_await loop.schedule();
  std::this_thread::sleep_for(3s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(3s);
}
green::Job<> by_argument(green::Pool &pool, green::Loop &loop) {
  co_await green::switch_to(pool);
  std::this_thread::sleep_for(2s);
  co_await green::switch_to(loop);
  std::this_thread::sleep_for(3s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(3s);
}

// Where nobody can tell, nothing is said.
green::Job<> unknown(green::AnyExecutor any) {
  co_await green::switch_to(any);
  std::this_thread::sleep_for(2s);
}
green::Job<> by_type() {
  co_await green::Somewhere();
  std::this_thread::sleep_for(2s);
}

// On one path only: the other one stays where it was.
green::Job<> one_path(bool big) {
  if (big)
    co_await green::to_background();
  std::this_thread::sleep_for(2s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(2s);
}
green::Job<> in_loop() {
  for (int i = 0; i != 3; ++i) {
    co_await green::to_background();
    std::this_thread::sleep_for(2s);
    co_await green::to_loop();
  }
}

// Awaiting work of the library is no hop.
green::Job<> no_hop() {
  co_await green::write();
  std::this_thread::sleep_for(2s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await green::pause(2s);
}
