// RUN: %check %s async-return-without-await
// Handlers that the work never reaches.

#include "task.h"
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

app::Task<> send(std::string Text) {
  if (Text.empty())
    throw std::runtime_error("empty");
  co_return;
}
app::Task<> elsewhere(int);
app::Task<> idle() { co_return; }
app::EagerTask<> start(int N) {
  co_await idle();
  throw std::runtime_error("bad");
}
app::EagerTask<> start_elsewhere(int);
app::EagerTask<> failed(std::exception_ptr);
std::string text();
int number() noexcept;

app::Task<> handled(std::string Text) {
  try {
    return send(Text);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'send' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
    // CHECK-FIXES: co_return co_await send(Text);
  } catch (const std::exception &) {
    std::puts("failed");
  }
  return idle();
  // CHECK-FIXES: co_return co_await idle();
}
app::Task<> handled_with_a_return() {
  try {
    return elsewhere(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'elsewhere' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
  } catch (...) {
    return idle();
  }
}
app::Task<> whole_function(std::string Text) try {
  return send(std::move(Text));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: no exception of 'send' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
} catch (...) {
  return idle();
}
app::Task<> converted() {
  try {
    return send("x");
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'send' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
    // CHECK-FIXES: co_return co_await send("x");
  } catch (const std::exception &) {
    std::puts("failed");
  }
  return idle();
  // CHECK-FIXES: co_return co_await idle();
}
app::EagerTask<> eager() {
  try {
    return start(number());
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'start' reaches the handlers of this block: the task is returned, and fails when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
    // CHECK-FIXES: co_return co_await start(number());
  } catch (const std::exception &) {
    std::puts("failed");
  }
  return start(2);
  // CHECK-FIXES: co_return co_await start(2);
}
app::Task<> in_a_block(bool B) {
  try {
    if (B) {
      return elsewhere(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: no exception of 'elsewhere' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
      // CHECK-FIXES: co_return co_await elsewhere(1);
    }
  } catch (const std::runtime_error &) {
  }
  return idle();
  // CHECK-FIXES: co_return co_await idle();
}

//===----------------------------------------------------------------------===//
// They may be for something else, or the task is awaited
//===----------------------------------------------------------------------===//

app::Task<> for_an_argument() {
  try {
    return send(text());
  } catch (const std::exception &) {
    return idle();
  }
}
app::Task<> for_what_is_above() {
  try {
    auto Text = text();
    return send(Text);
  } catch (const std::exception &) {
    return idle();
  }
}
app::EagerTask<> maybe_no_coroutine() {
  try {
    return start_elsewhere(1);
  } catch (const std::exception &) {
    return start(1);
  }
}
app::EagerTask<> hands_on() {
  try {
    return start(1);
  } catch (...) {
    return failed(std::current_exception());
  }
}
app::Task<> throws_again() {
  try {
    return elsewhere(1);
  } catch (...) {
    std::puts("failed");
    throw;
  }
}
template <class F> app::Task<> generic(F Function) {
  try {
    return Function();
  } catch (const std::exception &) {
    return idle();
  }
}
app::Task<> instance() {
  return generic([] { return elsewhere(1); });
}
app::Task<> awaited(std::string Text) {
  try {
    co_return co_await send(Text);
  } catch (const std::exception &) {
    std::puts("failed");
  }
  co_await idle();
}
app::Task<> in_a_handler(std::string Text) {
  try {
    std::puts("x");
  } catch (...) {
    return send(Text);
  }
  return idle();
}
