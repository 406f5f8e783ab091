// RUN: %check %s async-lost-cancel-source

// A source that is its own token.

#include <chrono>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;

seastar::future<> step(seastar::abort_source &stopping);

class Poller {
public:
  seastar::future<> run() {
    while (!Stopping.abort_requested())
      co_await seastar::sleep_abortable(1s, Stopping);
  }

private:
  seastar::abort_source Stopping;
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: no member function tells 'Stopping' to cancel anything, and nobody else can: what listens to it is never cancelled; tell it where the object is told to stop, or leave it out [async-lost-cancel-source]
  // CHECK-MESSAGES: :[[@LINE-6]]:16: note: listened to here
};

class Stopped {
public:
  seastar::future<> run() {
    while (!Stopping.abort_requested())
      co_await seastar::sleep_abortable(1s, Stopping);
  }
  void stop() { Stopping.request_abort(); }

private:
  seastar::abort_source Stopping;
};
// Whoever gets it may tell it.
class Given {
public:
  seastar::future<> run() {
    while (!Stopping.abort_requested())
      co_await step(Stopping);
  }

private:
  seastar::abort_source Stopping;
};
