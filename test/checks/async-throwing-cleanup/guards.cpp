// RUN: %check %s async-throwing-cleanup

// Scope guards in coroutines, whose functions may throw.

#include "task.h"
#include <asio.hpp>
#include <folly/coro/Task.h>
#include <stdexcept>

namespace gsl {
template <class F> class final_action {
public:
  explicit final_action(F Function) : Function(Function) {}

  ~final_action() noexcept { Function(); }
  F Function;
};
template <class F> final_action<F> finally(F Function) {
  return final_action<F>(Function);
}
} // namespace gsl

namespace boost::scope {
template <class F> class scope_exit {
public:
  explicit scope_exit(F Function) : Function(Function) {}
  ~scope_exit() { Function(); }
  F Function;
};
} // namespace boost::scope

// One that lets out what its function throws.
namespace absl {
template <class F> class Cleanup {
public:
  Cleanup(F Function) : Function(Function) {}
  ~Cleanup() noexcept(false) { Function(); }
  F Function;
};
} // namespace absl

struct Slot {
  void give_back() {
    if (Taken)
      throw std::runtime_error("taken");
  }
  void clear() { Taken = false; }
  void drop() noexcept { give_back(); }
  bool Taken = false;
};

app::Task<> work();
void note(const char *Text);

app::Task<> of_the_project(Slot &S) {
  auto Back = gsl::finally([&S] { S.give_back(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'Slot::give_back' may throw, and what leaves the scope guard 'Back' ends the program, as it does when an await has thrown; catch it in the guard [async-throwing-cleanup]
  // CHECK-MESSAGES: :[[@LINE-13]]:7: note: 'Slot::give_back' throws here
  co_await work();
}

folly::coro::Task<void> another();
folly::coro::Task<void> of_folly(Slot &S, bool Busy) {
  boost::scope::scope_exit Back([&] {
    if (Busy)
      S.give_back();
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Slot::give_back' may throw, and what leaves the scope guard 'Back' ends the program
  });
  co_await another();
}

// It is what its class makes of it that counts.
template <class T> class Promise {
public:
  void set(T Value) {
    if (IsSet)
      throw std::runtime_error("set already");
    IsSet = true;
  }

private:
  bool IsSet = false;
};
struct Peer {
  asio::awaitable<void> run(asio::steady_timer &Timer) {
    bool Done = false;
    auto Finish = gsl::finally([this, &Done] {
      if (!Done)
        Ready.set(false);
      // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Promise::set' may throw, and what leaves the scope guard 'Finish' ends the program
    });
    co_await Timer.async_wait(asio::use_awaitable);
    Done = true;
    Ready.set(true);
  }
  Promise<bool> Ready;
};

template <class T> app::Task<> in_a_template(T &S) {
  auto Back = gsl::finally([&S] { S.give_back(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'Slot::give_back' may throw
  co_await work();
}
app::Task<> instance(Slot &S) { co_await in_a_template(S); }

// Somebody else's way to say 'throw'.
namespace boost {
template <class E> [[noreturn]] void throw_exception(const E &Error);
}
struct Other {
  void give_back() {
    if (Taken)
      boost::throw_exception(std::runtime_error("taken"));
  }
  bool Taken = false;
};
app::Task<> throws_by_boost(Other &O) {
  auto Back = gsl::finally([&O] { O.give_back(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'Other::give_back' may throw
  co_await work();
}

//===-- Nothing to report -------------------------------------------------===//

app::Task<> caught(Slot &S) {
  auto Back = gsl::finally([&S] {
    try {
      S.give_back();
    } catch (const std::exception &E) {
      note(E.what());
    }
  });
  co_await work();
}

app::Task<> throws_nothing(Slot &S) {
  auto Back = gsl::finally([&S] {
    S.clear();
    S.drop();
    note("done");
  });
  co_await work();
}

app::Task<> lets_it_out(Slot &S) {
  absl::Cleanup Back([&S] { S.give_back(); });
  co_await work();
}

app::Task<> no_guard(Slot &S) {
  auto Back = [&S] { S.give_back(); };
  co_await work();
  Back();
}

// Nothing is destroyed behind an await.
app::Task<> awaits_nothing(Slot &S) {
  auto Back = gsl::finally([&S] { S.give_back(); });
  co_return;
}

struct Mistaken {
  void give_back() {
    if (Taken)
      throw std::logic_error("a mistake in the program");
  }
  bool Taken = false;
};
app::Task<> of_a_mistake(Mistaken &M) {
  auto Back = gsl::finally([&M] { M.give_back(); });
  co_await work();
}

app::Task<> later(Slot &S);
app::Task<> starts_a_task(Slot &S) {
  auto Back = gsl::finally([&S] { later(S); });
  co_await work();
}

// Which of them it is, nobody knows.
struct Device {
  virtual void close() = 0;
};
app::Task<> of_an_interface(Device &D) {
  auto Back = gsl::finally([&D] { D.close(); });
  co_await work();
}

// The guard lives in a function that ends before the coroutine goes on.
void plain(Slot &S) {
  auto Back = gsl::finally([&S] { S.give_back(); });
}
app::Task<> calls_it(Slot &S) {
  plain(S);
  co_await work();
}

app::Task<> in_a_lambda(Slot &S) {
  auto Clean = [&S] {
    auto Back = gsl::finally([&S] { S.give_back(); });
  };
  Clean();
  co_await work();
}
