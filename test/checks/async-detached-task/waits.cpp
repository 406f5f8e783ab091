// RUN: %check %s async-detached-task

// What the functions that stop an object wait for, and what work uses.

#include <QCoroCore>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;

seastar::future<> flush();
struct Service {
  seastar::future<> run(int);
};
struct Event {
  seastar::future<> wait();
};

// The work is another object's.
class Forwards {
public:
  explicit Forwards(Service &S) : Other(S) {}
  void on_event(int n) {
    (void)Other.run(n);
    (void)forward(n);
    (void)nothing(n);
  }
  seastar::future<> stop() { return flush(); }

private:
  seastar::future<> forward(int n) { return Other.run(n); }
  seastar::future<> nothing(int n) {
    Service &S = Other;
    co_await seastar::sleep(1s);
    co_await S.run(n);
  }
  Service &Other;
};

class Uses {
public:
  void on_event(int n) {
    (void)handle(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: nobody waits for this work, which uses 'Uses': 'Uses::stop' does not
    (void)forward(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: nobody waits for this work, which uses 'Uses'
  }
  seastar::future<> stop() {
    Ended = true;
    co_await flush();
  }

private:
  seastar::future<> handle(int n) {
    co_await seastar::sleep(1s);
    Sum += n;
  }
  seastar::future<> forward(int n) { return handle(n); }
  int Sum = 0;
  bool Ended = false;
};

// It waits in a function of its own, and after something else.
class WaitsInside {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> stop() {
    return flush().then([this] { return finish(); });
  }

private:
  seastar::future<> finish() { return Limit.wait(10); }
  seastar::future<> handle(int n);
  seastar::semaphore Limit{10};
};
class WaitsForEvent {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> stop() { co_await Idle.wait(); }

private:
  seastar::future<> handle(int n);
  Event Idle;
};

// Elsewhere it may wait for the event.
class MayWait {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> stop() { return finish(); }

private:
  seastar::future<> finish();
  seastar::future<> handle(int n);
  Event Idle;
};

// One of two does.
class Two {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> shutdown() { return flush(); }
  seastar::future<> stop() { return Idle.wait(); }

private:
  seastar::future<> handle(int n);
  Event Idle;
};

// What keeps the object, or what it belongs to, may be with the work.
struct Hold {
  ~Hold();
  int Number = 0;
};
class Held {
public:
  void on_event(Hold hold) {
    (void)flush().then([this, hold] { ++Count; });
  }
  seastar::future<> stop() { return flush(); }

private:
  int Count = 0;
};

// Another library, whose tasks go on, too.
class Window {
public:
  void on_event() {
    (void)load();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: nobody waits for this work, which uses 'Window'
  }
  QCoro::Task<void> close() { co_return; }

private:
  QCoro::Task<void> load();
};
